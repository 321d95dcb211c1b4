// Calls of functions that C libraries define. They are compiled by themselves and linked, so that nothing of their C can
// collide with that of the script.

import { cIdentifier } from "../base/c-text.ts";
import type { IrLibraryCall } from "../semantic/ir.ts";
import { isScalar } from "../types/scalar.ts";
import type { Type } from "../types/types.ts";
import { storedType, wideType } from "./c-types.ts";
import { memoryOf } from "./expressions/memory.ts";
import { bare, emitScalar } from "./expressions/scalars.ts";
import type { FunctionWriter } from "./function-writer.ts";

/** The result's text; `0` where there is none. */
export function callLibrary(w: FunctionWriter, e: IrLibraryCall): string {
	const { signature, declaration } = e.called;
	for (const line of declaration) w.script.libraryDeclarations.add(line);
	w.known.forgetAllReads();
	const values = e.args.map((arg, i) => {
		if (!isScalar(arg.type)) return `(void *)${memoryOf(w, arg)}`;
		const text = bare(emitScalar(w, arg));
		return asPassed(text, signature.parameters[i]?.type);
	});
	const call = `${cIdentifier(signature.name)}(${values.join(", ")})`;
	if (e.type.kind === "void") {
		w.line(`${call};`);
		return "0";
	}
	const cType = wideType(e.type);
	return w.local(cType, `(${cType})${call}`, "returned");
}

function asPassed(text: string, type: Type | undefined): string {
	if (type?.kind === "pointer") return `(void *)(${text})`;
	return type && type.kind !== "bool" ? `(${storedType(type)})(${text})` : text;
}
