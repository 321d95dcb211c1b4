// Calls of functions of C libraries. Numbers are converted as C does; for a pointer, any
// pointer will do, as the verifier looks at what is done with it, and text or structs, whose address is passed.
import type { CallExpression } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import type { LibraryFunction } from "../types/c-library.ts";
import { sizeOf } from "../types/layout.ts";
import { typeName } from "../types/type-name.ts";
import type { PointerType, Type } from "../types/types.ts";
import { pointerTo } from "../types/types.ts";
import { convert, unknown } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkExpression } from "./expressions.ts";
import type { IrExpr } from "./ir.ts";
import { counted } from "./prototype.ts";
import { settled } from "./type-join.ts";

/** A call of a library's function, or undefined when there is none of that name. */
export function callLibrary(
	cx: Context,
	name: string,
	node: CallExpression,
): IrExpr | undefined {
	const { span } = node;
	const called = functionNamed(cx, name);
	if (!called) return undefined;
	const { parameters } = called.signature;
	if (parameters.length !== node.args.length) {
		const wanted = counted(parameters.length);
		report(cx, "E0226", { name, count: node.args.length, wanted }, span);
		return unknown(span);
	}
	const type = returned(cx, called);
	const args = node.args.map((arg, i) =>
		argument(cx, name, arg, parameters[i]),
	);
	const known = args.filter((a) => a !== undefined);
	if (known.length < args.length) return unknown(span);
	return { kind: "library-call", called, args: known, type, span };
}

function functionNamed(
	{ script }: Context,
	name: string,
): LibraryFunction | undefined {
	for (const { functions } of script.environment.libraries ?? []) {
		const found = functions.get(name);
		if (found) return found;
	}
	return undefined;
}

/** Of a struct that the library has from the kernel, the kernel's own is meant. */
function returned(
	cx: Context,
	{ signature, isKernels }: LibraryFunction,
): Type {
	const { returns: type } = signature;
	if (type.kind !== "pointer") return type;
	const { to } = type;
	if ((to.kind !== "struct" && to.kind !== "union") || !isKernels(to))
		return type;
	const own = cx.script.environment.types.struct(to.kind, to.name);
	return pointerTo(own ?? to, type.space);
}

function argument(
	cx: Context,
	name: string,
	arg: CallExpression["args"][number],
	parameter: LibraryFunction["signature"]["parameters"][number] | undefined,
): IrExpr | undefined {
	if (arg.kind === "type" || !parameter) return undefined;
	const value = checkExpression(cx, arg);
	if (value.type === unresolved) return undefined;
	const { type: wanted } = parameter;
	if (wanted.kind === "pointer" && fits(value.type, wanted)) return value;
	if (isNumber(wanted) && isNumber(value.type)) return convert(value, wanted);
	reportArgument(cx, name, { wanted, found: settled(value.type) }, value.span);
	return undefined;
}

function isNumber({ kind }: Type): boolean {
	return kind === "int" || kind === "bool" || kind === "enum";
}

function fits(value: Type, { to }: PointerType): boolean {
	switch (value.kind) {
		case "pointer":
			return true;
		case "string":
			return to.kind === "void" || (to.kind === "int" && to.size === 1);
		case "array":
			return to.kind === "void" || sizeOf(to) === sizeOf(value.of);
		case "struct":
		case "union":
			return (
				to.kind === "void" || (to.kind === value.kind && to.name === value.name)
			);
		default:
			return false;
	}
}

function reportArgument(
	cx: Context,
	name: string,
	types: { readonly wanted: Type; readonly found: Type },
	span: Span,
): void {
	const wanted = typeName(types.wanted);
	const cast = types.wanted.kind === "pointer" && isNumber(types.found);
	report(cx, "E0403", { name, wanted, found: typeName(types.found) }, span, {
		help: cast
			? `write the type before it: (${wanted})…`
			: "it is called as its C declares it",
	});
}
