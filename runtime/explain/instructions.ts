// BPF instructions: from bytes to fields, and from fields to the notation that the kernel's verifier prints. Encodings
// are those of Documentation/bpf/standardization/instruction-set.rst; one table per field, no kernel asked.
import { helperName } from "./helper-names.ts";

export interface Instruction {
	/** Counted in units of eight bytes; an instruction of sixteen takes two numbers. */
	readonly index: number;
	readonly opcode: number;
	readonly destination: number;
	readonly source: number;
	readonly offset: number;
	/** Signed. */
	readonly immediate: number;
	/** Of 16-byte instructions: the whole value. */
	readonly wide?: bigint;
}

export const instructionBytes = 8;

/** `lddw`: the one instruction that takes sixteen bytes. */
const wideOpcode = 0x18;

export function decodeInstructions(bytes: Uint8Array): Instruction[] {
	const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const found: Instruction[] = [];
	for (let at = 0; at + instructionBytes <= view.byteLength; ) {
		const opcode = view.getUint8(at);
		const registers = view.getUint8(at + 1);
		const low = view.getInt32(at + 4, true);
		const isWide = opcode === wideOpcode && at + 16 <= view.byteLength;
		found.push({
			index: at / instructionBytes,
			opcode,
			destination: registers & 0xf,
			source: registers >> 4,
			offset: view.getInt16(at + 2, true),
			immediate: low,
			...(isWide && { wide: wideValue(low, view.getInt32(at + 12, true)) }),
		});
		at += isWide ? 16 : 8;
	}
	return found;
}

function wideValue(low: number, high: number): bigint {
	return (BigInt.asUintN(32, BigInt(high)) << 32n) | BigInt(low >>> 0);
}

const sizes: Readonly<Record<number, string>> = {
	0: "u32",
	8: "u16",
	16: "u8",
	24: "u64",
};

const arithmetic: Readonly<Record<number, string>> = {
	0: "+=",
	16: "-=",
	32: "*=",
	48: "/=",
	64: "|=",
	80: "&=",
	96: "<<=",
	112: ">>=",
	144: "%=",
	160: "^=",
	176: "=",
	192: "s>>=",
};

const comparisons: Readonly<Record<number, string>> = {
	16: "==",
	32: ">",
	48: ">=",
	64: "&",
	80: "!=",
	96: "s>",
	112: "s>=",
	160: "<",
	176: "<=",
	192: "s<",
	208: "s<=",
};

/** What an atomic instruction does, by its immediate; those from 1 on give back what was there before. */
const atomics: Readonly<Record<number, string>> = {
	0: "+=",
	64: "|=",
	80: "&=",
	160: "^=",
	1: "fetch_add",
	65: "fetch_or",
	81: "fetch_and",
	161: "fetch_xor",
	225: "xchg",
};
const compareAndExchange = 0xf1;
const loadAcquire = 0x100;
const storeRelease = 0x110;

/** Instruction classes: the lowest three bits. */
export const instructionClass = {
	load: 0,
	loadRegister: 1,
	storeImmediate: 2,
	storeRegister: 3,
	arithmetic32: 4,
	jump: 5,
	jump32: 6,
	arithmetic64: 7,
} as const;

/** Names that the instructions themselves do not hold: what a call, or the loading of an address, refers to. */
export type NameOf = (index: number) => string | undefined;

/** One instruction in the verifier's notation; `unknown` with its bytes' values where the encoding is none. */
export function instructionText(
	i: Instruction,
	nameOf: NameOf = () => undefined,
): string {
	const text = writers[i.opcode & 7]?.(i, nameOf(i.index));
	return text ?? `unknown (opcode 0x${i.opcode.toString(16).padStart(2, "0")})`;
}

type Writer = (i: Instruction, name: string | undefined) => string | undefined;

const writers: readonly Writer[] = [
	writeLoad,
	writeRegisterLoad,
	(i) => {
		if (modeOf(i) !== 0x60) return undefined;
		return `${memory(i, "destination")} = ${i.immediate}`;
	},
	writeStore,
	(i) => writeArithmetic(i, "w"),
	(i, name) => writeJump(i, "r", name),
	(i, name) => writeJump(i, "w", name),
	(i) => writeArithmetic(i, "r"),
];

function modeOf({ opcode }: Instruction): number {
	return opcode & 0xe0;
}

function memory(i: Instruction, base: "source" | "destination"): string {
	return `*(${sizes[i.opcode & 0x18]} *)(r${i[base]} ${signed(i.offset)})`;
}

function signed(n: number): string {
	return n < 0 ? `${n}` : `+${n}`;
}

function writeLoad(i: Instruction, name: string | undefined) {
	if (i.wide !== undefined)
		return `r${i.destination} = ${name === undefined ? `0x${i.wide.toString(16)}` : `&${name}`}`;
	const size = sizes[i.opcode & 0x18];
	if (modeOf(i) === 0x20) return `r0 = *(${size} *)skb[${i.immediate}]`;
	if (modeOf(i) === 0x40)
		return `r0 = *(${size} *)skb[r${i.source} + ${i.immediate}]`;
	return undefined;
}

function writeRegisterLoad(i: Instruction): string | undefined {
	const text = memory(i, "source");
	if (modeOf(i) === 0x60) return `r${i.destination} = ${text}`;
	// Sign-extending loads came with Linux 6.6.
	return modeOf(i) === 0x80
		? `r${i.destination} = ${text.replace("*(u", "*(s")}`
		: undefined;
}

function writeStore(i: Instruction): string | undefined {
	const place = memory(i, "destination");
	if (modeOf(i) === 0x60) return `${place} = r${i.source}`;
	if (modeOf(i) !== 0xc0) return undefined;
	const at = place.slice(1);
	const bits = (i.opcode & 0x18) === 0x18 ? "64" : "";
	if (i.immediate === compareAndExchange)
		return `r0 = atomic${bits}_cmpxchg(${at}, r0, r${i.source})`;
	if (i.immediate === loadAcquire)
		return `r${i.destination} = load_acquire(${memory(i, "source").slice(1)})`;
	if (i.immediate === storeRelease) return `store_release(${at}, r${i.source})`;
	const operation = atomics[i.immediate];
	if (operation === undefined) return undefined;
	return operation.endsWith("=")
		? `lock ${place} ${operation} r${i.source}`
		: `r${i.source} = atomic${bits}_${operation}(${at}, r${i.source})`;
}

function writeArithmetic(i: Instruction, letter: "r" | "w") {
	const operation = i.opcode & 0xf0;
	const target = `${letter}${i.destination}`;
	if (operation === 0x80) return `${target} = -${target}`;
	if (operation === 0xd0) return writeSwap(i);
	const sign = arithmetic[operation];
	if (sign === undefined) return undefined;
	const isRegister = (i.opcode & 8) !== 0;
	const value = isRegister ? `${letter}${i.source}` : `${i.immediate}`;
	if (operation === 0xb0 && isRegister && i.offset !== 0)
		return `${target} = (s${i.offset})${value}`;
	const isSigned = (operation === 0x30 || operation === 0x90) && i.offset === 1;
	return `${target} ${isSigned ? "s" : ""}${sign} ${value}`;
}

function writeSwap({ opcode, immediate, destination }: Instruction): string {
	const order =
		(opcode & 7) === instructionClass.arithmetic64
			? "bswap"
			: (opcode & 8) !== 0
				? "be"
				: "le";
	return `r${destination} = ${order}${immediate} r${destination}`;
}

function writeJump(
	i: Instruction,
	letter: "r" | "w",
	name: string | undefined,
): string | undefined {
	const operation = i.opcode & 0xf0;
	if (operation === 0x00)
		return letter === "r"
			? `goto pc${signed(i.offset)}`
			: `gotol pc${signed(i.immediate)}`;
	if (operation === 0xe0) return `may_goto pc${signed(i.offset)}`;
	if (letter === "r" && operation === 0x80) return callText(i, name);
	if (letter === "r" && operation === 0x90) return "exit";
	const sign = comparisons[operation];
	if (sign === undefined) return undefined;
	const value =
		(i.opcode & 8) !== 0
			? `${letter}${i.source}`
			: `0x${(i.immediate >>> 0).toString(16)}`;
	return `if ${letter}${i.destination} ${sign} ${value} goto pc${signed(i.offset)}`;
}

/** Where calls go to: helpers by number, functions of the same program by distance, functions of the kernel by type id. */
export const callKind = { helper: 0, own: 1, kernel: 2 } as const;

function callText(i: Instruction, name: string | undefined): string {
	if (name !== undefined) return `call ${name}`;
	if (i.source === callKind.own) return `call pc${signed(i.immediate)}`;
	if (i.source === callKind.kernel) return `call kernel#${i.immediate}`;
	return `call ${helperName(i.immediate) ?? `helper#${i.immediate}`}`;
}

export function isCall({ opcode }: Instruction): boolean {
	return opcode === 0x85;
}
