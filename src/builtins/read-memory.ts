// Copying bytes that an argument is or points to; used by builtins that take addresses as arrays or pointers.
import { sizeOf } from "../types/layout.ts";
import type { AddressSpace, Type } from "../types/types.ts";
import type { Emitter, TypedExpr } from "./definition.ts";

/** What reads from where a pointer of the type, or a number, points to. */
export function readHelper(type: Type): string {
	return readHelpers[type.kind === "pointer" ? type.space : "kernel"];
}

/** The oldest helper tells by the address whose memory it is. */
export const readHelpers: Record<AddressSpace, string> = {
	kernel: "bpf_probe_read_kernel",
	user: "bpf_probe_read_user",
	either: "bpf_probe_read",
	none: "bpf_probe_read_kernel",
};

/** Copies `size` bytes, a C expression or number, from where `source` points or stands. */
export function emitCopy(
	emitter: Emitter,
	source: TypedExpr,
	dest: string,
	size: number | string,
): void {
	if (source.type.kind === "pointer" || source.type.kind === "int") {
		const call = `${readHelper(source.type)}(${dest}, ${size}, (void *)${emitter.scalar(source)})`;
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
