// What string functions take: strings, arrays of characters, and pointers to text, which is read first.

import { sizeOf } from "../types/layout.ts";
import { typeName } from "../types/type-name.ts";
import type { Type } from "../types/types.ts";
import type { CheckCall, Emitter, TypedExpr } from "./definition.ts";
import { readHelper } from "./read-memory.ts";

/** Parameter kinds of text. */
export const textKinds = "string|array|pointer";

function isCharacter(type: Type): boolean {
	return (type.kind === "int" && type.size === 1) || type.kind === "void";
}

export function isText(type: Type): boolean {
	if (type.kind === "string") return true;
	if (type.kind === "array") return isCharacter(type.of);
	return type.kind === "pointer" && isCharacter(type.to);
}

/** Reports arrays and pointers of anything but characters. */
export function checkText(
	call: CheckCall,
	name: string,
	args: readonly TypedExpr[],
): void {
	for (const arg of args) {
		if (isText(arg.type)) continue;
		call.report(
			"E0403",
			{
				name,
				wanted: "text",
				parameter: "an argument",
				found: typeName(arg.type),
			},
			{ span: arg.span },
		);
	}
}

export interface Text {
	/** A `char *` to memory of our own. */
	readonly text: string;
	/** Bytes that it may have. */
	readonly size: number;
}

export function emitText(emitter: Emitter, e: TypedExpr): Text {
	if (e.type.kind !== "pointer")
		return { text: emitter.memory(e, true), size: sizeOf(e.type) };
	const size = emitter.maxStrlen;
	const text = emitter.buffer(size);
	const call = readText(e, text, size, emitter.scalar(e));
	emitter.line(`${emitter.attempt(call)};`);
	return { text, size };
}

/** C call that reads text behind a pointer, and gives its length with the NUL. */
function readText(
	{ type }: TypedExpr,
	to: string,
	size: number,
	address: string,
): string {
	return `${readHelper(type)}_str(${to}, ${size}, (void *)${address})`;
}

/** C scalar: bytes of a text before its NUL. */
export function emitLength(emitter: Emitter, e: TypedExpr): string {
	if (e.type.kind !== "pointer") {
		emitter.include("strings");
		const { text, size } = emitText(emitter, e);
		return emitter.local("u64", `text_length(${text}, ${size})`, "length");
	}
	const size = emitter.maxStrlen;
	const buffer = emitter.buffer(size);
	const got = emitter.local(
		"s64",
		emitter.attempt(readText(e, buffer, size, emitter.scalar(e))),
		"got",
	);
	return `((u64)(${got} > 0 ? ${got} - 1 : 0))`;
}

/** The text up to its NUL where it is known when compiling. */
export function constantText(e: TypedExpr | undefined): string | undefined {
	return typeof e?.constant === "string"
		? e.constant.split("\0", 1)[0]
		: undefined;
}
