// BTF as a source of types: the kernel's own, a module's on top of it, or what clang made of a script's C.
import {
	type BtfData,
	type BtfPlace,
	btfKind,
	kindOf,
	lengthOf,
	placeOf,
	stringAt,
	word,
} from "./btf-data.ts";
import { headerText } from "./btf-header.ts";
import { type BtfIndex, indexBtf } from "./btf-index.ts";
import { definitionText, parameterTexts } from "./btf-text.ts";
import { trampolineNames } from "./btf-trampolines.ts";
import {
	type BtfSourceOptions,
	type BtfTypes,
	btfTypes,
	enumKinds,
	isSignedEnum,
} from "./btf-types.ts";
import type { FunctionSignature, KernelTypeSource } from "./type-source.ts";
import type { EnumType, StructType, Type } from "./types.ts";

type Enumerators = readonly { readonly name: string; readonly value: bigint }[];

const listed = {
	struct: [btfKind.struct],
	union: [btfKind.union],
	enum: enumKinds,
	typedef: [btfKind.typedef],
} as const;

/**
 * Everything BTF can answer. Types are looked up in the base first; functions,
 * raw tracepoints and all lists of names are this blob's own.
 */
export function btfSource(
	btf: BtfData,
	options: BtfSourceOptions,
): KernelTypeSource {
	const index = indexBtf(btf);
	const types = btfTypes(btf, index, options);
	const membersOf = memoize((id: number) => types.members(id));
	const enumeratorsOf = memoize((id: number) => enumerators(btf, id));
	const func = (name: string): FunctionSignature | undefined => {
		const id = index.findOwn(name, [btfKind.func]);
		return id === undefined
			? undefined
			: signature(btf, types, id, name, options.module);
	};
	return {
		struct: (kind, name) => findStruct(index, types, kind, name),
		members: (type) =>
			lookUp(types.structId(type.kind, type.name), membersOf) ?? [],
		enum: (name) => findEnum(types, name),
		enumerators: (type) => lookUp(types.enumId(type.name), enumeratorsOf) ?? [],
		typedef: (name) => lookUp(index.find(name, [btfKind.typedef]), types.type),
		constant: (name) => findConstant(index, types, enumeratorsOf, name),
		names: (kind) => index.names(listed[kind]),
		func: (name, module) =>
			module === undefined || module === (options.module ?? "vmlinux")
				? func(name)
				: undefined,
		functionNames: () => index.names([btfKind.func]),
		trampolineNames: () => trampolineNames(btf),
		rawTracepoint: (name) =>
			rawTracepoint(btf, index, types, options.module, name),
		definition(kind, name) {
			const id =
				kind === "enum" ? types.enumId(name) : types.structId(kind, name);
			if (id === undefined) return undefined;
			const from = options.module === undefined ? "" : `// ${options.module}\n`;
			return from + definitionText(btf, id);
		},
		header: (words) => headerText(btf, words),
		typeId: (kind, name) =>
			kind === "func"
				? index.findOwn(name, [btfKind.func])
				: index.find(name, [btfKind.struct]),
		variable: (name) =>
			lookUp(index.find(name, [btfKind.variable]), types.type),
	};
}

function memoize<T>(make: (id: number) => T): (id: number) => T {
	const known = new Map<number, T>();
	return (id) => {
		let found = known.get(id);
		if (found === undefined) {
			found = make(id);
			known.set(id, found);
		}
		return found;
	};
}

function lookUp<T>(
	id: number | undefined,
	get: (id: number) => T,
): T | undefined {
	return id === undefined ? undefined : get(id);
}

function findStruct(
	index: BtfIndex,
	types: BtfTypes,
	kind: "struct" | "union",
	name: string,
): StructType | undefined {
	const id =
		types.structId(kind, name) ??
		index.find(name, [btfKind.typedef, btfKind.forward]);
	const type = lookUp(id, types.type);
	return type?.kind === kind ? type : undefined;
}

function findEnum(types: BtfTypes, name: string): EnumType | undefined {
	const type = lookUp(types.enumId(name), types.type);
	return type?.kind === "enum" ? type : undefined;
}

function findConstant(
	index: BtfIndex,
	types: BtfTypes,
	enumeratorsOf: (id: number) => Enumerators,
	name: string,
): ReturnType<KernelTypeSource["constant"]> {
	const found = index.findEnumerator(name);
	const value = found && enumeratorsOf(found.id)[found.position]?.value;
	if (found === undefined || value === undefined) return undefined;
	return { value, type: types.type(found.id) };
}

function enumerators(btf: BtfData, id: number): Enumerators {
	const place = placeOf(btf, id);
	if (place === undefined) return [];
	const kind = kindOf(place);
	if (kind !== btfKind.enum && kind !== btfKind.enum64) return [];
	const signed = isSignedEnum(place);
	const step = kind === btfKind.enum ? 2 : 3;
	return Array.from({ length: lengthOf(place) }, (_, i) => {
		const at = 3 + i * step;
		const bits =
			BigInt(word(place, at + 1)) |
			(step === 3 ? BigInt(word(place, at + 2)) << 32n : 0n);
		const value = signed ? BigInt.asIntN(step === 3 ? 64 : 32, bits) : bits;
		return { name: stringAt(place.btf, word(place, at)), value };
	});
}

function signature(
	btf: BtfData,
	types: BtfTypes,
	funcId: number,
	name: string,
	module: string | undefined,
): FunctionSignature | undefined {
	const func = placeOf(btf, funcId);
	const proto = func && placeOf(btf, word(func, 2));
	if (proto === undefined || kindOf(proto) !== btfKind.funcProto)
		return undefined;
	const returns = types.type(word(proto, 2));
	const parameters = readParameters(proto, types);
	const declarations = () => parameterTexts(proto, 0, true);
	const found = { name, parameters, returns, declarations };
	return module === undefined || (btf.base && funcId < btf.firstId)
		? found
		: { ...found, module };
}

function readParameters(
	proto: BtfPlace,
	types: BtfTypes,
): { name: string; type: Type }[] {
	const out: { name: string; type: Type }[] = [];
	for (let i = 0; i < lengthOf(proto); i++) {
		const name = stringAt(proto.btf, word(proto, 3 + i * 2));
		const typeId = word(proto, 4 + i * 2);
		// The `...` of a variadic function is a parameter without a type.
		if (typeId !== 0)
			out.push({ name: name || `arg${i}`, type: types.type(typeId) });
	}
	return out;
}

/**
 * A raw tracepoint exists when `btf_trace_NAME` does. That typedef names no parameters; the functions the kernel makes
 * for the same tracepoint do (`__probestub_` since 6.5, `__traceiter_` since 5.11).
 */
function rawTracepoint(
	btf: BtfData,
	index: BtfIndex,
	types: BtfTypes,
	module: string | undefined,
	name: string,
): FunctionSignature | undefined {
	const typedef = index.findOwn(`btf_trace_${name}`, [btfKind.typedef]);
	if (typedef === undefined) return undefined;
	const maker =
		index.find(`__probestub_${name}`, [btfKind.func]) ??
		index.find(`__traceiter_${name}`, [btfKind.func]);
	const proto =
		maker === undefined ? protoBehind(btf, typedef) : placeOf(btf, maker);
	const place =
		proto && kindOf(proto) === btfKind.func
			? placeOf(btf, word(proto, 2))
			: proto;
	if (place === undefined || kindOf(place) !== btfKind.funcProto)
		return undefined;
	const all = readParameters(place, types);
	const parameters =
		maker === undefined
			? all.slice(1).map((p, i) => ({ ...p, name: `arg${i}` }))
			: all.slice(1);
	const returns = types.type(0);
	const declarations = () => parameterTexts(place, 1, false);
	const found = { name, parameters, returns, declarations };
	const own = module !== undefined && typedef >= btf.firstId;
	return own ? { ...found, module } : found;
}

/** `typedef void (*btf_trace_X)(void *, …)`: the prototype behind the pointer. */
function protoBehind(btf: BtfData, typedef: number): BtfPlace | undefined {
	let place = placeOf(btf, typedef);
	while (
		place &&
		(kindOf(place) === btfKind.typedef || kindOf(place) === btfKind.pointer)
	) {
		place = placeOf(btf, word(place, 2));
	}
	return place;
}

/** Names of the raw tracepoints among a source's typedefs. */
export function* rawTracepointNames(
	source: KernelTypeSource,
): Iterable<string> {
	const prefix = "btf_trace_";
	for (const name of source.names("typedef")) {
		if (name.startsWith(prefix)) yield name.slice(prefix.length);
	}
}
