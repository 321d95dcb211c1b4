// Copying bytes that an argument is or points to; used by builtins that take addresses as arrays or pointers.
import { sizeOf } from "../types/layout.ts";
import type { Emitter, TypedExpr } from "./definition.ts";

/** Copies `size` bytes, a C expression or number, from where `source` points or stands. */
export function emitCopy(
	emitter: Emitter,
	source: TypedExpr,
	dest: string,
	size: number | string,
): void {
	if (source.type.kind === "pointer" || source.type.kind === "int") {
		const user = source.type.kind === "pointer" && source.type.space === "user";
		const call = `bpf_probe_read_${user ? "user" : "kernel"}(${dest}, ${size}, (void *)${emitter.scalar(source)})`;
		emitter.line(`${emitter.attempt(call)};`);
		return;
	}
	emitter.line(`copy_bytes(${dest}, ${emitter.memory(source)}, ${size});`);
}

/** Bytes of an array, string or pointed-to array; undefined where the type does not say. */
export function knownLength(source: TypedExpr): number | undefined {
	const type = source.type.kind === "pointer" ? source.type.to : source.type;
	return type.kind === "array" || type.kind === "string"
		? sizeOf(type)
		: undefined;
}
