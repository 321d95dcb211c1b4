// Several type sources as one: a script's own C over the kernel's BTF, the kernel over its modules.
import type { KernelTypeSource, TypeSource } from "./type-source.ts";
import type { EnumType, StructType } from "./types.ts";

/** Asks the sources in order; the first that knows a name answers. Structs go back to the source that made them. */
export function layeredTypeSource(sources: readonly TypeSource[]): TypeSource {
	const ask = <T>(get: (source: TypeSource) => T | undefined) =>
		firstOf(sources, get);
	const struct: TypeSource["struct"] = (kind, name) =>
		// A body found further down is worth more than a mere forward declaration.
		ask((s) => bodyOf(s.struct(kind, name))) ??
		ask((s) => s.struct(kind, name));
	const members: TypeSource["members"] = (type) => {
		const owner = sources.find((s) => makesStruct(s, type));
		if (owner && type.size > 0) return owner.members(type);
		// Declared in one source only, defined in another one.
		const body = bodyOf(struct(type.kind, type.name));
		return body ? members(body) : [];
	};
	return {
		struct,
		members,
		enum: (name) => ask((s) => s.enum(name)),
		enumerators(type) {
			const owner = sources.find((s) => makesEnum(s, type));
			return owner?.enumerators(type) ?? [];
		},
		typedef: (name) => ask((s) => s.typedef(name)),
		constant: (name) => ask((s) => s.constant(name)),
		names: (kind) => chain(sources, (s) => s.names(kind)),
	};
}

/** The kernel and its modules: as `layeredTypeSource`, and functions and tracepoints of all of them. */
export function layeredKernelSource(
	sources: readonly KernelTypeSource[],
): KernelTypeSource {
	const ask = <T>(get: (source: KernelTypeSource) => T | undefined) =>
		firstOf(sources, get);
	return {
		...layeredTypeSource(sources),
		func: (name, module) => ask((s) => s.func(name, module)),
		functionNames: () => chain(sources, (s) => s.functionNames()),
		trampolineNames: () => chain(sources, (s) => s.trampolineNames()),
		rawTracepoint: (name) => ask((s) => s.rawTracepoint(name)),
		definition: (kind, name) => ask((s) => s.definition(kind, name)),
		header: (words) => sources[0]?.header(words) ?? "",
		typeId: (kind, name) => ask((s) => s.typeId(kind, name)),
		variable: (name) => ask((s) => s.variable(name)),
	};
}

/** Only the names that `allowed` lets through, and what they lead to. */
export function filteredTypeSource(
	source: TypeSource,
	allowed: (name: string) => boolean,
): TypeSource {
	// Anonymous types are reached through the named ones only.
	const accept = (name: string) => name.startsWith("(anon ") || allowed(name);
	return {
		...source,
		struct: (kind, name) =>
			accept(name) ? source.struct(kind, name) : undefined,
		enum: (name) => (accept(name) ? source.enum(name) : undefined),
		typedef: (name) => (accept(name) ? source.typedef(name) : undefined),
		constant: (name) => (accept(name) ? source.constant(name) : undefined),
		*names(kind) {
			for (const name of source.names(kind)) if (accept(name)) yield name;
		},
	};
}

function firstOf<S, T>(
	sources: readonly S[],
	get: (source: S) => T | undefined,
): T | undefined {
	for (const source of sources) {
		const found = get(source);
		if (found !== undefined) return found;
	}
	return undefined;
}

function* chain<S>(
	sources: readonly S[],
	get: (source: S) => Iterable<string>,
): Iterable<string> {
	for (const source of sources) yield* get(source);
}

function bodyOf(type: StructType | undefined): StructType | undefined {
	return type && type.size > 0 ? type : undefined;
}

function makesStruct(source: TypeSource, type: StructType): boolean {
	const own = source.struct(type.kind, type.name);
	return own?.origin === type.origin && own.size === type.size;
}

function makesEnum(source: TypeSource, type: EnumType): boolean {
	return source.enum(type.name)?.origin === type.origin;
}
