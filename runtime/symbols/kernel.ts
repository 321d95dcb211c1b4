// Kernel addresses ↔ names. The kernel itself is asked for the name of an address. What it does not know then (trampolines;
// variables, if it was built without their names), and addresses of names, are looked up in kallsyms. That file is read
// at the first need and never again: what modules bring later is not known.
import { type Kallsyms, readKallsyms } from "../machine/kallsyms.ts";
import { BoundedMap } from "./bounded-map.ts";
import type { SymbolProgram } from "./symbol-program.ts";

export interface KernelSymbol {
	readonly name: string;
	/** Bytes from the symbol's start. */
	readonly offset: bigint;
	/** undefined for the kernel itself. */
	readonly module: string | undefined;
}

export interface KernelSymbols {
	/** undefined for what lies in no symbol, or where the kernel does not tell. */
	lookup(address: bigint): KernelSymbol | undefined;
	/** Address of a function or variable; of several with that name the first. */
	addressOf(name: string): bigint | undefined;
	close(): void;
}

export interface KernelSymbolSources {
	readonly kallsyms?: (() => Kallsyms | undefined) | undefined;
	/** undefined where the kernel can't be asked. */
	readonly program?: () => SymbolProgram | undefined;
}

/**
 * kallsyms tells no sizes. Code that is not listed (BPF programs while `bpf_jit_kallsyms` is off, trampolines) would
 * otherwise come out as the last symbol before it plus a gigabyte.
 */
const LARGEST_SYMBOL = 1n << 20n;
/** Below are user space and, on x86 before 6.15, the offsets of per-CPU variables. */
const KERNEL_HALF = 1n << 63n;
const CACHED_ADDRESSES = 65_536;

export function openKernelSymbols({
	kallsyms: read = readKallsyms,
	program: open = () => undefined,
}: KernelSymbolSources = {}): KernelSymbols {
	const table = onDemand(read);
	const program = onDemand(open);
	const cache = new BoundedMap<bigint, KernelSymbol>(CACHED_ADDRESSES);
	const kallsyms = (): Kallsyms | undefined => {
		const found = table.get();
		return found?.hidden === false ? found : undefined;
	};
	const ask = (address: bigint): KernelSymbol | undefined => {
		const answer = program.get()?.print(address) ?? "";
		return parseAnswer(answer) ?? find(kallsyms(), address);
	};
	return {
		lookup(address) {
			if (address < KERNEL_HALF) return undefined;
			const cached = cache.get(address);
			if (cached !== undefined) return cached;
			const found = ask(address);
			if (found !== undefined) cache.set(address, found);
			return found;
		},
		addressOf(name) {
			const found = kallsyms();
			const index = found?.find(name)[0];
			return index === undefined ? undefined : found?.addresses[index];
		},
		close: () => program.made?.close(),
	};
}

interface OnDemand<T> {
	get(): T;
	/** What `get` has made by now. */
	readonly made: T | undefined;
}

function onDemand<T>(make: () => T): OnDemand<T> {
	let held: { readonly value: T } | undefined;
	return {
		get() {
			held ??= { value: make() };
			return held.value;
		},
		get made() {
			return held?.value;
		},
	};
}

/** `NAME+0xOFFSET/0xSIZE`, ` [MODULE]` behind what is not the kernel's own; a bare number for what lies in no symbol. */
const answerShape = /^(.+)\+0x([0-9a-f]+)\/0x[0-9a-f]+(?: \[(.+)\])?$/;

function parseAnswer(answer: string): KernelSymbol | undefined {
	const [, name, offset, module] = answerShape.exec(answer) ?? [];
	return name === undefined
		? undefined
		: { name, offset: BigInt(`0x${offset}`), module };
}

function find(
	kallsyms: Kallsyms | undefined,
	address: bigint,
): KernelSymbol | undefined {
	const index = kallsyms?.indexOf(address) ?? -1;
	const start = kallsyms?.addresses[index];
	if (kallsyms === undefined || start === undefined) return undefined;
	const offset = address - start;
	if (start < KERNEL_HALF || offset < 0n || offset >= LARGEST_SYMBOL)
		return undefined;
	const module = kallsyms.moduleAt(index);
	return { name: kallsyms.nameAt(index), offset, module };
}
