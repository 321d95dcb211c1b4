// The raw tracepoints of a kernel, known from its types: each has a typedef `btf_trace_NAME`.
import type { KernelTypeSource } from "../types/type-source.ts";

const prefix = "btf_trace_";
const known = new WeakMap<KernelTypeSource, readonly string[]>();

/** All names, in the kernel's order; collected once. */
export function rawTracepointNames(types: KernelTypeSource): readonly string[] {
	let names = known.get(types);
	if (names === undefined) {
		const found = new Set<string>();
		for (const name of types.names("typedef"))
			if (name.startsWith(prefix)) found.add(name.slice(prefix.length));
		names = [...found];
		known.set(types, names);
	}
	return names;
}

/** One name is looked up on its own, which is cheaper than collecting all, as is wanted for `many`. */
export function rawTracepointExists(
	types: KernelTypeSource,
	name: string,
	many: boolean,
): boolean {
	return many
		? nameSet(types).has(name)
		: types.rawTracepoint(name) !== undefined;
}

const sets = new WeakMap<KernelTypeSource, ReadonlySet<string>>();

function nameSet(types: KernelTypeSource): ReadonlySet<string> {
	let set = sets.get(types);
	if (set === undefined) {
		set = new Set(rawTracepointNames(types));
		sets.set(types, set);
	}
	return set;
}
