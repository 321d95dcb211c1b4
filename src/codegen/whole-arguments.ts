// `args` as a value: the arguments one by one, and zeros between them, where registers that are no arguments stand.
import type { IrPlace } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import type { StructType } from "../types/types.ts";
import { emitScalar } from "./expressions/scalars.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { memoryAt, zeroMemory } from "./memory-text.ts";
import { pointerTo } from "./pointers.ts";

/** Bytes of a register, and of a tracing program's argument. */
const word = 8;

/** The struct of the arguments of a function, where a place is all of it; undefined for all other places. */
export function wholeArguments(e: IrPlace): StructType | undefined {
	return e.base.kind === "pointer" &&
		e.steps.length === 0 &&
		e.type.kind === "struct" &&
		/^args:(?!iter:)/.test(e.type.origin)
		? e.type
		: undefined;
}

export function copyArguments(
	w: FunctionWriter,
	e: IrPlace,
	type: StructType,
	dest: string,
): void {
	if (e.base.kind !== "pointer") return;
	const from = emitScalar(w, e.base.pointer);
	zeroMemory(w, dest, type.size);
	for (const { offset, type: held } of w.script.types.members(type)) {
		const size = sizeOf(held);
		const to = memoryAt(dest, offset);
		const at = offset === 0 ? from : `(${from} + ${offset})`;
		if ([1, 2, 4, word].includes(size))
			w.line(`*(u${size * 8} *)${to} = *(u64 *)${at};`);
		else if (size > 0)
			w.line(`bpf_probe_read_kernel(${to}, ${size}, ${pointerTo(at)});`);
	}
}
