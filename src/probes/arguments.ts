// `args` of probes on functions: a struct made up of a function's parameters, laid over the program's context.

import { registerLayout } from "../base/registers.ts";
import { roundUp, sizeOf } from "../types/layout.ts";
import type { FunctionSignature } from "../types/type-source.ts";
import type { Member, StructBody, Type } from "../types/types.ts";

/** Bytes of a word of the context, and of a register. */
const word = 8;
/** Larger structs are passed in memory. */
const largestInRegisters = 16;

/** Tracing programs and raw tracepoints: one word per parameter, structs passed by value take one or two. */
export function slotArguments(
	signature: FunctionSignature,
	origin: string,
	trusted: boolean,
): StructBody {
	const members: Member[] = [];
	let offset = 0;
	for (const { name, type } of signature.parameters) {
		members.push({ name, type: trusted ? trust(type) : type, offset });
		offset += slotBytes(type);
	}
	return body(origin, offset, members);
}

/** Where a tracing program finds the function's result: after the arguments. */
export function slotResultOffset(signature: FunctionSignature): number {
	return signature.parameters.reduce((sum, p) => sum + slotBytes(p.type), 0);
}

function slotBytes(type: Type): number {
	return Math.max(word, roundUp(sizeOf(type), word));
}

/** kprobes and uprobes: parameters stand in registers. Those on the stack, or spread over two registers, are left out. */
export function registerArguments(
	signature: FunctionSignature,
	origin: string,
): StructBody {
	const { arguments: registers } = registerLayout();
	const members: Member[] = [];
	let next = 0;
	for (const { name, type } of signature.parameters) {
		// Floating point numbers have registers of their own, which programs can't read.
		if (type.kind === "opaque" && type.name === "float") continue;
		const size = sizeOf(type);
		const byValue = type.kind === "struct" || type.kind === "union";
		if (byValue && size > largestInRegisters && process.arch === "x64")
			continue;
		const offset = registers[next];
		if (offset === undefined) break;
		if (size <= word) members.push({ name, type, offset });
		next += size > largestInRegisters ? 1 : Math.ceil(slotBytes(type) / word);
	}
	const end = Math.max(0, ...members.map((m) => m.offset + word));
	return body(origin, end, members);
}

/** The verifier follows pointers to structs of the kernel only; all others are numbers to it. */
export function trust(type: Type): Type {
	return type.kind === "pointer" &&
		type.space === "kernel" &&
		(type.to.kind === "struct" || type.to.kind === "union")
		? { ...type, trusted: true }
		: type;
}

function body(
	origin: string,
	size: number,
	members: readonly Member[],
): StructBody {
	const name = `_${origin}`.replace(/\W/g, "_");
	return { type: { kind: "struct", name, origin, size }, members };
}
