// /proc/kallsyms, kept as the bytes it comes in: 150,000 symbols and more never become as many objects.
import { readFileSync } from "node:fs";
import { packedOrder } from "../packed-sort.ts";

export interface Kallsyms {
	readonly count: number;
	/** Ascending. All zero when the kernel hides them (`kernel.kptr_restrict`, no privilege). */
	readonly addresses: BigUint64Array;
	readonly hidden: boolean;
	nameAt(index: number): string;
	/** nm's letter: `t`, `T`, `w`, `W` for code. */
	typeAt(index: number): string;
	/** undefined for the kernel itself. */
	moduleAt(index: number): string | undefined;
	/** Position of the symbol that holds an address: the last that begins at or below it, the first of its aliases. -1 when none does. */
	indexOf(address: bigint): number;
	/** Positions of all symbols of that very name. */
	find(name: string): readonly number[];
}

/** Reads the running kernel's symbols (some 50 ms); undefined where they can't be read. */
export function readKallsyms(path = "/proc/kallsyms"): Kallsyms | undefined {
	try {
		return parseKallsyms(readFileSync(path));
	} catch {
		return undefined;
	}
}

const digits = 16;
const typeAt = digits + 1;
const nameAt = digits + 3;
const newline = 10;
const tab = 9;

/** Lines are `ADDRESS TYPE NAME`, and `\t[MODULE]` for modules; addresses have 16 hexadecimal digits. */
export function parseKallsyms(bytes: Buffer): Kallsyms {
	const { addresses, lines, hidden } = sortByAddress(findLines(bytes));
	const lineAt = (index: number): number => lines[index] ?? 0;
	const name = (index: number): string => {
		const start = lineAt(index) + nameAt;
		return bytes.toString("latin1", start, nameEnd(bytes, start));
	};
	return {
		count: lines.length,
		addresses,
		hidden,
		nameAt: name,
		typeAt: (index) => String.fromCharCode(bytes[lineAt(index) + typeAt] ?? 0),
		moduleAt: (index) => moduleOf(bytes, lineAt(index) + nameAt),
		indexOf: (address) => lastAtOrBelow(addresses, address),
		find: (wanted) => findByName(bytes, lines, wanted),
	};
}

interface Lines {
	readonly addresses: BigUint64Array;
	/** Where each line begins. */
	readonly lines: Uint32Array;
	readonly hidden: boolean;
	readonly sorted: boolean;
}

function findLines(bytes: Buffer): Lines {
	// The shortest line has an address, a type and one letter.
	const most = Math.ceil(bytes.length / (nameAt + 2)) + 1;
	const words = new Uint32Array(most * 2);
	const lines = new Uint32Array(most);
	let count = 0;
	let sorted = true;
	let high = 0;
	let low = 0;
	let hidden = true;
	for (let at = 0; at + nameAt < bytes.length; ) {
		const nextHigh = hex8(bytes, at);
		const nextLow = hex8(bytes, at + 8);
		if (nextHigh < high || (nextHigh === high && nextLow < low)) sorted = false;
		high = nextHigh;
		low = nextLow;
		if (high !== 0 || low !== 0) hidden = false;
		words[count * 2] = low;
		words[count * 2 + 1] = high;
		lines[count++] = at;
		const end = bytes.indexOf(newline, at + nameAt);
		at = end < 0 ? bytes.length : end + 1;
	}
	const addresses = new BigUint64Array(words.buffer, 0, count);
	return { addresses, lines: lines.subarray(0, count), hidden, sorted };
}

/** Eight hexadecimal digits as an unsigned number. */
function hex8(bytes: Buffer, at: number): number {
	let value = 0;
	for (let i = at; i < at + 8; i++) {
		const c = bytes[i] ?? 0;
		value = (value << 4) | (c <= 57 ? c - 48 : c - 87);
	}
	return value >>> 0;
}

/** Modules come after the kernel, in the order they were loaded; equal addresses keep their order. */
function sortByAddress(found: Lines): Lines {
	if (found.sorted || found.hidden) return found;
	const words = new Uint32Array(found.addresses.buffer);
	const count = found.lines.length;
	const order = orderOfPacked(words, count) ?? orderOf(words, count);
	const addresses = new BigUint64Array(count);
	const lines = new Uint32Array(count);
	const sortedWords = new Uint32Array(addresses.buffer);
	for (let i = 0; i < count; i++) {
		const from = order[i] ?? 0;
		sortedWords[i * 2] = words[from * 2] ?? 0;
		sortedWords[i * 2 + 1] = words[from * 2 + 1] ?? 0;
		lines[i] = found.lines[from] ?? 0;
	}
	return { ...found, addresses, lines };
}

/** The upper half of all addresses of the kernel's code on x86-64; offsets of per-CPU variables have zero there. */
const KERNEL_HALF = 0xffff_ffff;

/** undefined where there are other addresses. */
function orderOfPacked(
	words: Uint32Array,
	count: number,
): Uint32Array | undefined {
	const values = new Float64Array(count);
	for (let i = 0; i < count; i++) {
		const high = words[i * 2 + 1] ?? 0;
		if (high !== 0 && high !== KERNEL_HALF) return undefined;
		values[i] = (words[i * 2] ?? 0) + (high === 0 ? 0 : 2 ** 32);
	}
	return packedOrder(values);
}

function orderOf(words: Uint32Array, count: number): Uint32Array {
	const order = Uint32Array.from({ length: count }, (_, i) => i);
	return order.sort((a, b) => {
		const byHigh = (words[a * 2 + 1] ?? 0) - (words[b * 2 + 1] ?? 0);
		return byHigh || (words[a * 2] ?? 0) - (words[b * 2] ?? 0) || a - b;
	});
}

function nameEnd(bytes: Buffer, start: number): number {
	let end = start;
	while (end < bytes.length && bytes[end] !== newline && bytes[end] !== tab) {
		end++;
	}
	return end;
}

function moduleOf(bytes: Buffer, nameStart: number): string | undefined {
	const end = nameEnd(bytes, nameStart);
	if (bytes[end] !== tab) return undefined;
	const close = bytes.indexOf("]", end);
	return bytes.toString("latin1", end + 2, close);
}

function lastAtOrBelow(addresses: BigUint64Array, address: bigint): number {
	let low = -1;
	let high = addresses.length - 1;
	while (low < high) {
		const middle = Math.ceil((low + high) / 2);
		if ((addresses[middle] ?? 0n) <= address) low = middle;
		else high = middle - 1;
	}
	while (low > 0 && addresses[low - 1] === addresses[low]) low--;
	return low;
}

function findByName(
	bytes: Buffer,
	lines: Uint32Array,
	name: string,
): readonly number[] {
	const pattern = Buffer.from(` ${name}`, "latin1");
	const found: number[] = [];
	for (let at = bytes.indexOf(pattern); at >= 0; ) {
		const end = bytes[at + pattern.length];
		const whole = end === newline || end === tab || end === undefined;
		if (whole) found.push(lines.indexOf(at + 1 - nameAt));
		at = bytes.indexOf(pattern, at + 1);
	}
	return found.filter((index) => index >= 0).sort((a, b) => a - b);
}
