// Kernel types as C declarations, for scripts that use `u32` or `struct sock` in C of their own without any header.

import { cIdentifier, cInteger } from "../../src/base/c-text.ts";
import type { TypeSource } from "../../src/types/type-source.ts";
import type { StructType, Type } from "../../src/types/types.ts";

export interface Borrowed {
	/** The name as C writes it: `u32`, `struct sock`, `TASK_COMM_LEN`. */
	readonly name: string;
	readonly declaration: string;
}

/** What a clang message about an unknown name can be answered with from the kernel; undefined when it can't. */
export function borrowFor(
	message: string,
	kernel: TypeSource | undefined,
): Borrowed | undefined {
	const typedef = /^unknown type name '(\w+)'/.exec(message)?.[1];
	if (typedef) return borrowTypedef(typedef, kernel);
	const constant = /^use of undeclared identifier '(\w+)'/.exec(message)?.[1];
	if (constant) return borrowConstant(constant, kernel);
	const tag =
		/incomplete (?:element )?type '(?:.*\baka ')?(?:const |volatile )*(struct|union) (\w+)'/.exec(
			message,
		);
	if (tag?.[1] !== "struct" && tag?.[1] !== "union") return undefined;
	const type = kernel?.struct(tag[1], tag[2] ?? "");
	return type && kernel && type.size > 0
		? borrowStruct(type, kernel)
		: undefined;
}

function borrowStruct(type: StructType, kernel: TypeSource): Borrowed {
	const name = `${type.kind} ${cIdentifier(type.name)}`;
	const align = alignmentOf(type, kernel);
	// Only its size and alignment matter here: its members are asked of the kernel.
	const body = `char __kask_bytes[${type.size}]`;
	return {
		name,
		declaration: `${name} { ${body}; } __attribute__((aligned(${align})));`,
	};
}

function borrowConstant(
	name: string,
	kernel: TypeSource | undefined,
): Borrowed | undefined {
	const found = kernel?.constant(name);
	if (!found) return undefined;
	return {
		name,
		declaration: `enum { ${cIdentifier(name)} = ${cInteger(found.value)} };`,
	};
}

function borrowTypedef(
	name: string,
	kernel: TypeSource | undefined,
): Borrowed | undefined {
	const type = kernel?.typedef(name);
	const declared = type
		? cDeclaration(type, cIdentifier(name), kernel)
		: standard[name]?.(name);
	return declared === undefined
		? undefined
		: { name, declaration: `typedef ${declared};` };
}

/** Names every C programmer expects, for kernels without BTF. */
const standard: Readonly<
	Record<string, ((name: string) => string) | undefined>
> = Object.fromEntries(
	(["8 char", "16 short", "32 int", "64 long long"] as const).flatMap(
		(entry) => {
			const [bits = ""] = entry.split(" ");
			const c = entry.slice(bits.length + 1);
			const signed = (name: string) => `signed ${c} ${name}`;
			const unsigned = (name: string) => `unsigned ${c} ${name}`;
			return [
				...[`s${bits}`, `__s${bits}`, `int${bits}_t`].map(
					(n) => [n, signed] as const,
				),
				...[`u${bits}`, `__u${bits}`, `uint${bits}_t`].map(
					(n) => [n, unsigned] as const,
				),
			];
		},
	),
);

/** A declaration of `name` with the type's layout; typedef names inside of it have been resolved. */
function cDeclaration(
	type: Type,
	name: string,
	kernel: TypeSource | undefined,
): string | undefined {
	switch (type.kind) {
		case "bool":
			return `_Bool ${name}`;
		case "void":
			return `void ${name}`;
		case "int":
			return `${cInt(type.size, type.signed, type.char)} ${name}`;
		case "pointer":
			return `void *${name}`;
		case "array": {
			return cDeclaration(type.of, `${name}[${type.count}]`, kernel);
		}
		case "enum":
			return `${cInt(type.size, type.signed)} ${name}`;
		case "struct":
		case "union":
			return cStruct(type, name, kernel);
		default:
			return undefined;
	}
}

function cStruct(
	type: StructType,
	name: string,
	kernel: TypeSource | undefined,
): string | undefined {
	if (!type.name.startsWith("(anon"))
		return `${type.kind} ${cIdentifier(type.name)} ${name}`;
	if (!kernel) return undefined;
	const align = alignmentOf(type, kernel);
	return `struct { char __kask_bytes[${type.size}]; } __attribute__((aligned(${align}))) ${name}`;
}

function cInt(size: 1 | 2 | 4 | 8, signed: boolean, char = false): string {
	if (char) return "char";
	const base = ({ 1: "char", 2: "short", 4: "int", 8: "long long" } as const)[
		size
	];
	return `${signed ? "signed" : "unsigned"} ${base}`;
}

/** BTF does not say alignments; they follow from the members. */
function alignmentOf(type: Type, kernel: TypeSource): number {
	switch (type.kind) {
		case "int":
		case "enum":
			return type.size;
		case "pointer":
			return 8;
		case "array":
			return alignmentOf(type.of, kernel);
		case "opaque":
			return type.align;
		case "struct":
		case "union": {
			const all = kernel.members(type).map((m) => alignmentOf(m.type, kernel));
			return Math.max(1, ...all);
		}
		default:
			return 1;
	}
}
