// C type names as tracepoint formats write them (`const struct sock *`, `unsigned long`), read into types.
// Declarators of functions and arrays do not occur there; a script's own C goes through clang instead.
import type { TypeSource } from "./type-source.ts";
import {
	type AddressSpace,
	boolType,
	type IntType,
	intType,
	type PointerType,
	type Type,
	voidType,
} from "./types.ts";

const userTag = /__user\b|__attribute__\s*\(\(\s*btf_type_tag\("user"\)\s*\)\)/;
const noise =
	/\b(const|volatile|restrict|__restrict|__user|__kernel|__iomem|__percpu|__rcu|__force|__seg_gs|__seg_fs)\b|__attribute__\s*\(\(.*?\)\)(?=\s|\*|$)/g;
const integerWords = /^(unsigned|signed|short|long|int|char|__signed__)$/;

/** Integer typedefs every kernel has, so that a format can be read without BTF. */
const wellKnown: Readonly<Record<string, IntType>> = {
	u8: intType(1, false),
	u16: intType(2, false),
	u32: intType(4, false),
	u64: intType(8, false),
	s8: intType(1, true),
	s16: intType(2, true),
	s32: intType(4, true),
	s64: intType(8, true),
};

/** The type that `text` names, or undefined when the source does not know it. Pointers point into `space`. */
export function readTypeName(
	text: string,
	source: TypeSource | undefined,
	space: AddressSpace = "kernel",
): Type | undefined {
	const pointee = userTag.test(text) ? "user" : space;
	const plain = text.replace(noise, " ");
	const stars = plain.split("*").length - 1;
	const words = plain.replaceAll("*", " ").trim().split(/\s+/);
	const named = readWords(words, source);
	// Where a pointer leads is unknown, but that it is one is not.
	let type = named ?? (stars > 0 ? voidType : undefined);
	for (let i = 0; type && i < stars; i++) {
		type = { kind: "pointer", to: type, space: pointee } satisfies PointerType;
	}
	return type;
}

function readWords(
	words: readonly string[],
	source: TypeSource | undefined,
): Type | undefined {
	const [first = "", second = ""] = words;
	if (words.every((w) => integerWords.test(w))) return readInteger(words);
	if (first === "struct" || first === "union") {
		return source?.struct(first, second);
	}
	if (first === "enum") return source?.enum(second);
	if (words.length !== 1) return undefined;
	if (first === "void") return voidType;
	if (first === "bool" || first === "_Bool") return boolType;
	return source?.typedef(first) ?? wellKnown[first.replace(/^__/, "")];
}

function readInteger(words: readonly string[]): IntType {
	const unsigned = words.includes("unsigned");
	if (words.includes("char")) {
		const plain = words.length === 1;
		return plain
			? { kind: "int", size: 1, signed: true, char: true }
			: intType(1, !unsigned);
	}
	if (words.includes("short")) return intType(2, !unsigned);
	return intType(words.includes("long") ? 8 : 4, !unsigned);
}
