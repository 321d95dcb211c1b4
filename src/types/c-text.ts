// Types as C writes them: for listings of arguments (`struct file * file`) and of structs.
import type { TypeSource } from "./type-source.ts";
import type { Member, StructType, Type } from "./types.ts";

/** A type's name before the `*`s and brackets around a declared name. */
function baseName(type: Type): string {
	switch (type.kind) {
		case "int":
			return integerName(type.size, type.signed, type.char ?? false);
		case "struct":
		case "union":
		case "enum":
			return type.name.startsWith("(anon")
				? type.kind
				: `${type.kind} ${type.name}`;
		case "string":
			return "char";
		case "pointer":
		case "array":
			return "";
		case "bool":
		case "void":
		case "buffer":
		case "tuple":
		case "record":
			return type.kind;
		case "opaque":
		case "aggregate":
			return type.name;
	}
}

const integerNames: Readonly<Record<number, string>> = {
	1: "char",
	2: "short",
	4: "int",
	8: "long",
};

function integerName(size: number, signed: boolean, char: boolean): string {
	const name = integerNames[size] ?? "long";
	if (char) return name;
	if (size === 1) return signed ? "signed char" : "unsigned char";
	return signed ? name : `unsigned ${name}`;
}

/** `char comm[16]`, `struct file *file`, `int (*p)[4]`. An empty name gives the type alone. */
export function declaration(type: Type, name: string): string {
	return declare(type, name).trimEnd();
}

function declare(type: Type, inner: string): string {
	switch (type.kind) {
		case "pointer":
			return declare(
				type.to,
				type.to.kind === "array" ? `(*${inner})` : `*${inner}`,
			);
		case "array":
			return declare(type.of, `${inner}[${type.count}]`);
		case "string":
			return `char ${inner}[${type.size}]`;
		default:
			return `${baseName(type)} ${inner}`;
	}
}

/** A parameter as listings show it: `struct file * file`. */
export function parameterText(type: Type, name: string): string {
	return declaration(type, name).replace(/ (\*+)(?=\w)/, " $1 ");
}

/** The definition of a struct or union, one member a line; anonymous ones inside are written out. */
export function structText(source: TypeSource, type: StructType): string {
	return `${declaration(type, "")} ${bodyText(source, type, "")};`;
}

function bodyText(
	source: TypeSource,
	type: StructType,
	indent: string,
): string {
	const lines = source
		.members(type)
		.map((m) => memberText(source, m, `${indent}\t`));
	return ["{", ...lines, `${indent}}`].join("\n");
}

function memberText(
	source: TypeSource,
	member: Member,
	indent: string,
): string {
	const bits = member.bits ? `:${member.bits.size}` : "";
	const { type, name } = member;
	const inner = innermost(type);
	const isAnonymous =
		(inner.kind === "struct" || inner.kind === "union") &&
		inner.name.startsWith("(anon");
	if (!isAnonymous) return `${indent}${declaration(type, name)}${bits};`;
	const head = `${inner.kind} ${bodyText(source, inner, indent)}`;
	// The declarator around the anonymous struct: `} name[4]`.
	const declarator = declaration(type, name).slice(inner.kind.length);
	return `${indent}${head}${declarator};`;
}

function innermost(type: Type): Type {
	if (type.kind === "pointer") return innermost(type.to);
	if (type.kind === "array") return innermost(type.of);
	return type;
}
