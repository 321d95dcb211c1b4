// Types of debug information as kask's types. A struct is only named here, never expanded, so types that refer to
// themselves end.
import type { DebugTypes } from "../../src/types/debug-info.ts";
import {
	boolType,
	type EnumType,
	intType,
	type Member,
	pointerTo,
	type StructType,
	type Type,
	type TypeOrigin,
	uint64,
	voidType,
} from "../../src/types/types.ts";
import type { Die, Dies } from "./dies.ts";
import { At, Encoding, Tag } from "./libdw.ts";
import { membersOf } from "./members.ts";
import { type NamedTypes, namedTypes } from "./named-types.ts";

export interface DwarfTypes extends DebugTypes {
	/** undefined stands for void. */
	type(die: Die | undefined): Type;
}

interface Reader {
	readonly dies: Dies;
	readonly origin: TypeOrigin;
	readonly named: NamedTypes;
	/** By the identity of their entries. */
	readonly known: Map<bigint, Type>;
	/** Entries of structs and enums that types were made of, by `struct NAME`. */
	readonly bodies: Map<string, Die>;
}

export function dwarfTypes(dies: Dies, origin: TypeOrigin): DwarfTypes {
	const reader: Reader = {
		dies,
		origin,
		named: namedTypes(dies),
		known: new Map(),
		bodies: new Map(),
	};
	const type = (die: Die | undefined) => typeOf(reader, die);
	const find = (key: string) => {
		const die = reader.bodies.get(key) ?? reader.named.find(key);
		return die && type(die);
	};
	const members = new Map<string, readonly Member[]>();
	return {
		type,
		struct(kind, name) {
			const found = find(`${kind} ${name}`) ?? find(`typedef ${name}`);
			return found?.kind === kind ? found : undefined;
		},
		members({ kind, name }) {
			const key = `${kind} ${name}`;
			let found = members.get(key);
			if (!found) {
				const die = reader.bodies.get(key);
				found = die ? membersOf(dies, die, type) : [];
				members.set(key, found);
			}
			return found;
		},
		enum(name) {
			const found = find(`enum ${name}`);
			return found?.kind === "enum" ? found : undefined;
		},
		enumerators({ name }) {
			const die = reader.bodies.get(`enum ${name}`);
			return die ? [...enumeratorsOf(dies, die)] : [];
		},
		typedef: (name) => find(`typedef ${name}`),
	};
}

function typeOf(reader: Reader, die: Die | undefined): Type {
	if (die === undefined) return voidType;
	const id = reader.dies.identity(die);
	let found = reader.known.get(id);
	if (found === undefined) {
		found = convert(reader, die);
		reader.known.set(id, found);
	}
	return found;
}

function convert(reader: Reader, die: Die): Type {
	const { dies } = reader;
	const inner = () => typeOf(reader, dies.type(die));
	switch (dies.tag(die)) {
		case Tag.base:
			return baseType(dies, die);
		case Tag.pointer:
		case Tag.reference:
		case Tag.rvalueReference:
			return pointerTo(inner(), "user");
		case Tag.array:
			return arrayOf(dies, die, inner());
		case Tag.structure:
		case Tag.class:
			return structType(reader, die, "struct");
		case Tag.union:
			return structType(reader, die, "union");
		case Tag.enumeration:
			return enumType(reader, die);
		case Tag.typedef:
		case Tag.const:
		case Tag.volatile:
		case Tag.restrict:
		case Tag.atomic:
			return inner();
		default:
			return voidType;
	}
}

function baseType(dies: Dies, die: Die): Type {
	const size = dies.number(die, At.byteSize) ?? 0;
	const encoding = dies.number(die, At.encoding);
	switch (encoding) {
		case Encoding.boolean:
			return boolType;
		case Encoding.float:
		case Encoding.complexFloat:
		case Encoding.imaginaryFloat: {
			// eBPF cannot compute with them; they keep their place and may be copied.
			const align = size === 2 || size === 4 ? size : 8;
			return { kind: "opaque", name: "float", size, align, params: {} };
		}
	}
	const signed =
		encoding === Encoding.signed || encoding === Encoding.signedChar;
	// `char` is text; "signed char" and "unsigned char" are small numbers.
	if (size === 1 && dies.name(die) === "char")
		return { kind: "int", size, signed, char: true };
	return size === 1 || size === 2 || size === 4 || size === 8
		? intType(size, signed)
		: // __int128: two words are the nearest thing a program can load.
			{ kind: "array", of: uint64, count: Math.max(1, size / 8) };
}

/** `int x[2][3]` is one entry with two ranges. */
function arrayOf(dies: Dies, die: Die, of: Type): Type {
	const counts: number[] = [];
	for (const range of dies.children(die)) {
		if (dies.tag(range) !== Tag.subrange) continue;
		const last = dies.signed(range, At.upperBound);
		const count = dies.number(range, At.count);
		// Flexible arrays tell neither; -1 stands for none in some of them.
		counts.push(count ?? (last === undefined ? 0 : Number(last) + 1));
	}
	return counts.reduceRight<Type>(
		(inner, count) => ({ kind: "array", of: inner, count }),
		of,
	);
}

/** A mere declaration is the struct itself where the file has it, else one of no size and no members. */
function structType(
	reader: Reader,
	die: Die,
	kind: "struct" | "union",
): StructType {
	const { dies, bodies, named, origin } = reader;
	const name = dies.name(die) || `(anon ${bodies.size})`;
	const key = `${kind} ${name}`;
	const known = bodies.get(key);
	const body = known ?? (dies.has(die, At.declaration) ? named.find(key) : die);
	if (body && !known) bodies.set(key, body);
	const size = (body && dies.number(body, At.byteSize)) ?? 0;
	return { kind, name, origin, size };
}

function enumType(reader: Reader, die: Die): EnumType {
	const { dies, bodies, origin } = reader;
	const name = dies.name(die) || `(anon ${bodies.size})`;
	if (!bodies.has(`enum ${name}`)) bodies.set(`enum ${name}`, die);
	const stored = dies.number(die, At.byteSize);
	const size = stored === 1 || stored === 2 || stored === 8 ? stored : 4;
	const values = [...enumeratorsOf(dies, die)];
	const signed = values.some(({ value }) => value < 0n);
	return { kind: "enum", name, origin, size, signed };
}

function* enumeratorsOf(
	dies: Dies,
	die: Die,
): Iterable<{ readonly name: string; readonly value: bigint }> {
	for (const child of dies.children(die)) {
		if (dies.tag(child) !== Tag.enumerator) continue;
		const value = dies.signed(child, At.constValue);
		if (value !== undefined) yield { name: dies.name(child), value };
	}
}
