// Types as written in a script: `uint64`, `struct task_struct *`, `string[16]`, `typeof($x)`.
import type {
	Expression,
	NamedType,
	TypeExpression,
} from "../../grammar/ast.ts";
import { nearestName } from "../base/suggest.ts";
import { builtinNamed } from "../builtins/index.ts";
import type { AddressSpace, Type } from "../types/types.ts";
import {
	boolType,
	int8,
	int16,
	int32,
	int64,
	pointerTo,
	stringType,
	uint8,
	uint16,
	uint32,
	uint64,
	voidType,
} from "../types/types.ts";
import { valueType } from "./access.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkValue } from "./expressions.ts";
import { settled } from "./type-join.ts";

const char: Type = { kind: "int", size: 1, signed: true, char: true };

/** The language's own names and C's; typedefs of BTF and of the script come after these. */
const named: Readonly<Record<string, Type>> = {
	bool: boolType,
	void: voidType,
	int8,
	int16,
	int32,
	int64,
	uint8,
	uint16,
	uint32,
	uint64,
	s8: int8,
	s16: int16,
	s32: int32,
	s64: int64,
	u8: uint8,
	u16: uint16,
	u32: uint32,
	u64: uint64,
	int8_t: int8,
	int16_t: int16,
	int32_t: int32,
	int64_t: int64,
	uint8_t: uint8,
	uint16_t: uint16,
	uint32_t: uint32,
	uint64_t: uint64,
	char,
	"signed char": int8,
	"unsigned char": uint8,
	short: int16,
	"short int": int16,
	"unsigned short": uint16,
	"unsigned short int": uint16,
	int: int32,
	"signed int": int32,
	unsigned: uint32,
	"unsigned int": uint32,
	long: int64,
	"long int": int64,
	"unsigned long": uint64,
	"unsigned long int": uint64,
	"long unsigned int": uint64,
	"long long": int64,
	"long long int": int64,
	"unsigned long long": uint64,
	"unsigned long long int": uint64,
	"long long unsigned int": uint64,
	size_t: uint64,
	uintptr_t: uint64,
};

/** `int8[]` and `string` have no size yet: `size` 0 stands for "as large as what comes". */
export function resolveType(
	cx: Context,
	node: TypeExpression,
): Type | undefined {
	let type = baseType(cx, node);
	if (!type || type === unresolved) return type;
	for (let i = 0; i < node.pointers; i++)
		type = pointerTo(type, pointerSpace(cx));
	for (const size of [...node.dimensions].reverse()) {
		if (type.kind === "string" && type.size === 0)
			type = stringType(Number(size ?? 0n));
		else if (type.kind === "buffer" && type.size === 0)
			type = { kind: "buffer", size: Number(size ?? 0n) };
		else type = { kind: "array", of: type, count: Number(size ?? 0n) };
	}
	return type;
}

/** Pointers made from numbers point to where the probe's own pointers point to; timers and the like have none. */
export function pointerSpace(cx: Context): AddressSpace {
	switch (cx.program.facts.provider) {
		case "uprobe":
		case "uretprobe":
		case "usdt":
			return "user";
		case "begin":
		case "end":
		case "self":
		case "test":
		case "bench":
		case "interval":
		case "profile":
		case "software":
		case "hardware":
		case "watchpoint":
			return "either";
		default:
			return "kernel";
	}
}

function baseType(cx: Context, node: TypeExpression): Type | undefined {
	const base = node.base;
	switch (base.kind) {
		case "named-type":
			return namedType(cx, base);
		case "type":
			return resolveType(cx, base);
		case "typeof":
			return typeOfOperand(cx, base.operand);
		case "tuple-type": {
			const elements = base.elements.map((e) => resolveType(cx, e));
			if (elements.includes(unresolved)) return unresolved;
			const known = elements.filter((e) => e !== undefined);
			return known.length === elements.length
				? { kind: "tuple", elements: known }
				: undefined;
		}
	}
}

/** The type of an expression or of a written type; a bare word may be either. */
export function typeOfOperand(
	cx: Context,
	operand: Expression | TypeExpression,
): Type | undefined {
	if (operand.kind === "type") return resolveType(cx, operand);
	if (operand.kind === "typeof") return typeOfOperand(cx, operand.operand);
	if (operand.kind === "identifier") {
		const parameter = cx.frame.expressions.get(operand.name);
		if (parameter)
			return typeOfOperand(parameter.context, parameter.expression);
		const type = lookUpName(cx, operand.name);
		if (type && !builtinNamed(operand.name)) return type;
	}
	if (operand.kind === "map" && operand.keys.length === 0) {
		const entry = cx.script.maps.get(
			cx.frame.maps.get(operand.name) ?? operand.name,
		);
		// The type of a map with keys is the type of its keys: that is what the standard macros need.
		if (entry?.isScalar === false)
			return entry.key ? settled(entry.key) : unresolved;
		// Asking for its type says nothing about whether it has keys.
		if (entry?.isScalar !== true && !cx.script.final) return unresolved;
	}
	return settled(checkValue(cx, operand).type);
}

function namedType(cx: Context, node: NamedType): Type | undefined {
	const types = cx.script.environment.types;
	const macro = cx.frame.expressions.get(node.name);
	if (macro && !node.tag) return typeOfOperand(macro.context, macro.expression);
	const found =
		node.tag === "enum"
			? types.enum(node.name)
			: node.tag
				? types.struct(node.tag, node.name)
				: lookUpName(cx, node.name);
	if (found) return found;
	const kind = node.tag ?? "typedef";
	const candidates = node.tag
		? types.names(node.tag)
		: [...Object.keys(named), ...types.names("typedef")];
	const near = nearestName(node.name, candidates);
	report(
		cx,
		"E0208",
		{ type: node.tag ? `${node.tag} ${node.name}` : node.name },
		node.span,
		{
			help: near
				? `did you mean ${node.tag ? `${kind} ` : ""}${near}?`
				: "define it in the script, or #include its header",
		},
	);
	return undefined;
}

function lookUpName(cx: Context, name: string): Type | undefined {
	const own = named[name];
	if (own) return own;
	if (name === "string") return stringType(0);
	if (name === "buffer" || name === "buf") return { kind: "buffer", size: 0 };
	const opaque = opaqueNamed(name);
	if (opaque) return opaque;
	const types = cx.script.environment.types;
	const typedef = types.typedef(name);
	return typedef ? valueType(typedef) : types.struct("struct", name);
}

/** `username_t`, `ksym_t` … : casts to these give a value its meaning. */
function opaqueNamed(name: string): Type | undefined {
	if (!name.endsWith("_t")) return undefined;
	const builtin = builtinNamed(name.slice(0, -2));
	if (!builtin?.opaque) return undefined;
	return { kind: "opaque", name: builtin.name, size: 8, align: 8, params: {} };
}
