// Kernel addresses ↔ names, through kallsyms. The file is read at the first question and never again: what modules
// bring later is not known.
import { type Kallsyms, readKallsyms } from "../machine/kallsyms.ts";
import { BoundedMap } from "./bounded-map.ts";

export interface KernelSymbol {
	readonly name: string;
	/** Bytes from the symbol's start. */
	readonly offset: bigint;
	/** undefined for the kernel itself. */
	readonly module: string | undefined;
}

export interface KernelSymbols {
	/** undefined for what lies in no symbol, or where the kernel hides its addresses. */
	lookup(address: bigint): KernelSymbol | undefined;
	/** Address of a function or variable; of several with that name the first. */
	addressOf(name: string): bigint | undefined;
}

/**
 * kallsyms tells no sizes. Code that is not listed (BPF programs while `bpf_jit_kallsyms` is off, trampolines) would
 * otherwise come out as the last symbol before it plus a gigabyte.
 */
const LARGEST_SYMBOL = 1n << 20n;
/** Below are user space and, on x86 before 6.15, the offsets of per-CPU variables. */
const KERNEL_HALF = 1n << 63n;
const CACHED_ADDRESSES = 65_536;

export function openKernelSymbols(
	read: () => Kallsyms | undefined = readKallsyms,
): KernelSymbols {
	let table: { readonly kallsyms: Kallsyms | undefined } | undefined;
	const cache = new BoundedMap<bigint, KernelSymbol>(CACHED_ADDRESSES);
	const kallsyms = (): Kallsyms | undefined => {
		table ??= { kallsyms: read() };
		return table.kallsyms?.hidden === false ? table.kallsyms : undefined;
	};
	return {
		lookup(address) {
			if (address < KERNEL_HALF) return undefined;
			const cached = cache.get(address);
			if (cached !== undefined) return cached;
			const found = find(kallsyms(), address);
			if (found !== undefined) cache.set(address, found);
			return found;
		},
		addressOf(name) {
			const found = kallsyms();
			const index = found?.find(name)[0];
			return index === undefined ? undefined : found?.addresses[index];
		},
	};
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
