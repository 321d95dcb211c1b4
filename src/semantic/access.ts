// Reaching into values: members, tuple elements, indexes, dereference, address-of. All of them make places.
import type { FieldAccess, TupleAccess } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import { builtinNamed } from "../builtins/index.ts";
import { layOut } from "../types/layout.ts";
import { typeName } from "../types/type-name.ts";
import type { Member, PointerType, StructType, Type } from "../types/types.ts";
import { int8, pointerTo, stringType } from "../types/types.ts";
import { constantOf, dereference, stepInto, unknown } from "./build.ts";
import { type Context, report, unresolved } from "./context.ts";
import { checkValue } from "./expressions.ts";
import type { IrExpr, PlaceStep } from "./ir.ts";
import { memberNames, nearestMember } from "./nearest-member.ts";
import { settled } from "./type-join.ts";
import { pointerSpace } from "./written-types.ts";

/** A type as values of it appear: character arrays are strings. */
export function valueType(type: Type): Type {
	if (type.kind === "array" && type.of.kind === "int" && type.of.char)
		return { ...stringType(type.count), mayFill: true };
	return type;
}

/** A member of a builtin that is nothing but constants; undefined for all other objects. */
function constantMember(cx: Context, node: FieldAccess): IrExpr | undefined {
	const { object, field } = node;
	const name =
		object.kind === "call" && object.args.length === 0
			? object.callee.text
			: object.kind === "identifier"
				? object.name
				: "";
	const members = builtinNamed(name)?.members?.(cx.script.settings);
	if (members === undefined) return undefined;
	const value = members.get(field.text);
	if (value !== undefined) return constantOf(value, node.span);
	const near = nearestName(field.text, [...members.keys()]);
	const help = near ? { help: `did you mean ${near}?` } : {};
	const args = { field: field.text, type: name };
	report(cx, "E0211", args, field.span, help);
	return unknown(node.span);
}

export function checkField(cx: Context, node: FieldAccess): IrExpr {
	const member = constantMember(cx, node);
	if (member) return member;
	let object = checkValue(cx, node.object);
	if (object.type === unresolved) return unknown(node.span);
	// A pointer to a pointer is followed until there is a struct, as bpftrace does.
	while (object.type.kind === "pointer" && object.type.to.kind === "pointer") {
		object = dereference(
			object,
			[],
			pointerIn(object.type, object.type.to),
			node.span,
		);
	}
	const of = object.type.kind === "pointer" ? object.type.to : object.type;
	if (of.kind === "record") return recordField(cx, node, object, of.fields);
	if (of.kind === "struct" || of.kind === "union")
		return memberOf(cx, object, of, node);
	reportNoField(cx, node.field, of);
	return unknown(node.span);
}

function reportNoField(
	cx: Context,
	field: FieldAccess["field"],
	of: Type,
): void {
	// What would be a struct is an address and no more where nothing tells the kernel's types.
	if (of.kind === "void" && !cx.script.environment.probes.kernelTypes) {
		report(cx, "E0252", { field: field.text }, field.span);
		return;
	}
	const args = { field: field.text, type: typeName(settled(of)) };
	report(cx, "E0210", args, field.span, fieldHelp(of));
}

function fieldHelp(of: Type): { help?: string } {
	if (of.kind === "tuple") return { help: "a tuple's elements are .0, .1, …" };
	if (of.kind === "int")
		return {
			help: "cast it to a pointer to a struct first, for example ((struct task_struct *)x).pid",
		};
	return {};
}

function recordField(
	cx: Context,
	node: FieldAccess,
	object: IrExpr,
	fields: readonly { name: string; type: Type }[],
): IrExpr {
	const index = fields.findIndex((f) => f.name === node.field.text);
	const field = fields[index];
	if (!field) {
		const names = fields.map((f) => f.name);
		const near = nearestName(node.field.text, names);
		report(
			cx,
			"E0211",
			{ field: node.field.text, type: "the record" },
			node.field.span,
			{
				help: near ? `did you mean ${near}?` : `it has ${names.join(", ")}`,
			},
		);
		return unknown(node.span);
	}
	const known = constantElement(object, index);
	if (known) return { ...known, span: node.span };
	const offset = layOut(fields.map((f) => settled(f.type))).offsets[index] ?? 0;
	return place(
		object,
		[{ kind: "element", offset, type: settled(field.type) }],
		field.type,
		node.span,
	);
}

/** A field of a record of constants is one. */
function constantElement(object: IrExpr, index: number): IrExpr | undefined {
	const isConstant =
		object.kind === "tuple" &&
		object.elements.every((e) => e.constant !== undefined);
	return isConstant ? object.elements[index] : undefined;
}

function memberOf(
	cx: Context,
	object: IrExpr,
	of: StructType,
	node: FieldAccess,
): IrExpr {
	const found = findMember(cx, of, node.field.text);
	if (!found) {
		reportNoMember(cx, of, node.field.text, node.field.span);
		return unknown(node.span);
	}
	const { member, offset } = found;
	const held = valueType(member.type);
	const type = inPlaceType(cx, object.type, held, member);
	const step: PlaceStep = {
		kind: "member",
		of,
		name: member.name,
		offset,
		type: held,
		...(member.bits
			? {
					bits: {
						offset: member.bits.offset + (offset - member.offset) * 8,
						size: member.bits.size,
					},
				}
			: {}),
		...(member.dataLoc ? { dataLoc: member.dataLoc } : {}),
	};
	return place(object, [step], type, node.span);
}

/** Pointers loaded out of a struct point into the struct's own address space, unless their type says otherwise. */
function inPlaceType(
	cx: Context,
	object: Type,
	held: Type,
	member: Member,
): Type {
	if (member.dataLoc) return pointerTo(int8, "kernel");
	if (held.kind !== "pointer") return held;
	if (object.kind !== "pointer")
		return held.space === "user" ? held : { ...held, space: pointerSpace(cx) };
	return pointerIn(object, held, isContext(object.to));
}

/** `args` itself is read plainly; what its pointers point to is said by their own types. */
export function isContext(type: Type): boolean {
	return isStruct(type) && /^(args|tracepoint):/.test(type.origin);
}

function isStruct(type: Type): type is StructType {
	const { kind } = type;
	return kind === "struct" || kind === "union";
}

/** A pointer found behind another one. The verifier follows it, and trusts it, where both point to structs. */
export function pointerIn(
	outer: PointerType,
	inner: PointerType,
	context = false,
): PointerType {
	if (context || inner.space === "user") return inner;
	const space = outer.space === "none" ? "kernel" : outer.space;
	const { trusted: _, ...plain } = inner;
	return outer.trusted && outer.to.kind !== "pointer" && isStruct(inner.to)
		? { ...plain, space, trusted: true }
		: { ...plain, space };
}

/** A member by name, through anonymous structs and unions; `offset` counts from the outer struct. */
export function findMember(
	cx: Context,
	of: StructType,
	name: string,
): { member: Member; offset: number } | undefined {
	for (const member of cx.script.environment.types.members(of)) {
		if (member.name === name) return { member, offset: member.offset };
		if (
			member.name !== "" ||
			(member.type.kind !== "struct" && member.type.kind !== "union")
		)
			continue;
		const inner = findMember(cx, member.type, name);
		if (inner)
			return { member: inner.member, offset: member.offset + inner.offset };
	}
	return undefined;
}

export function reportNoMember(
	cx: Context,
	of: StructType,
	name: string,
	span: Span,
): void {
	if (of.size === 0 && cx.script.environment.types.members(of).length === 0) {
		report(cx, "E0209", { type: `${of.kind} ${of.name}` }, span);
		return;
	}
	const { types } = cx.script.environment;
	const near = nearestMember(types, of, name);
	const names = memberNames(types, of);
	const what = isContext(of) ? "args" : `${of.kind} ${of.name}`;
	const list = names.slice(0, 12).join(", ") + (names.length > 12 ? ", …" : "");
	const { names: probes, shared } = cx.program.facts;
	report(cx, "E0211", { field: name, type: what }, span, {
		// Other probes of the same body may have it.
		notes: shared && isContext(of) ? [{ text: `in ${probes[0]}` }] : [],
		help: near ? `did you mean ${near}?` : `it has ${list}`,
	});
}

/** The place behind a pointer, or inside a value. */
function place(
	object: IrExpr,
	steps: readonly PlaceStep[],
	type: Type,
	span: Span,
): IrExpr {
	return object.type.kind === "pointer"
		? dereference(object, steps, type, span)
		: stepInto(object, steps, type, span);
}

export function checkTupleAccess(cx: Context, node: TupleAccess): IrExpr {
	const object = checkValue(cx, node.object);
	return tupleElement(cx, object, node.index, node.span);
}

export function tupleElement(
	cx: Context,
	object: IrExpr,
	index: number,
	span: Span,
): IrExpr {
	const type = object.type;
	if (type === unresolved) return unknown(span);
	if (type.kind !== "tuple") {
		report(
			cx,
			"E0210",
			{ field: String(index), type: typeName(settled(type)) },
			span,
			type.kind === "int"
				? {
						help: "numbers are whole: 1500us, not 1.5ms; $x * 3 / 2, not $x * 1.5",
					}
				: {},
		);
		return unknown(span);
	}
	const element = type.elements[index];
	if (element === undefined) {
		report(cx, "E0212", { index, count: type.elements.length }, span);
		return unknown(span);
	}
	const offset = layOut(type.elements.map(settled)).offsets[index] ?? 0;
	return stepInto(
		object,
		[{ kind: "element", offset, type: settled(element) }],
		element,
		span,
	);
}
