// Places in memory: what `args.x`, `$task->mm.pgd`, `$tuple.1` and `$array[3]` mean. A place is walked step by step to
// an address; then it is read by the helper that its address space needs, or plainly.
import { readHelpers } from "../builtins/read-memory.ts";
import type { IrExpr, IrPlace } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import type { Type } from "../types/types.ts";
import { readBitField } from "./bit-fields.ts";
import { narrowed, storedType, widened, wideType } from "./c-types.ts";
import { memoryOf } from "./expressions/memory.ts";
import { emitScalar, pointerAsNumber } from "./expressions/scalars.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { lookUp } from "./map-reads.ts";
import {
	copyContext,
	copyMemory,
	memoryAt,
	zeroMemory,
} from "./memory-text.ts";
import { placeOf } from "./origin.ts";
import {
	type Cursor,
	cursorAddress,
	memberAt,
	walkSteps,
} from "./place-steps.ts";
import { pointerTo } from "./pointers.ts";
import { copyArguments, wholeArguments } from "./whole-arguments.ts";

/** How the bytes at an address are read. */
export type Access = "kernel" | "user" | "either" | "plain" | "context";

interface Found {
	readonly cursor: Cursor;
	readonly access: Access;
}

function find(w: FunctionWriter, e: IrPlace): Found {
	if (e.base.kind === "value") {
		const memory = memoryOf(w, e.base.value);
		return {
			cursor: walkSteps(
				w,
				{ kind: "memory", text: memory, offset: 0 },
				e.steps,
			),
			access: "plain",
		};
	}
	const { pointer, space, trusted } = e.base;
	const given = emitScalar(w, pointer);
	// The verifier follows pointers to offsets that are known, and lets nobody add any others to them.
	const dynamic = e.steps.some(
		(s) => s.kind === "index" && s.index.constant === undefined,
	);
	const followed = trusted && keepsTrust(pointer) && !dynamic;
	const text =
		trusted && dynamic && !inContext(w, e) ? pointerAsNumber(w, given) : given;
	// As a pointer, so that clang sees which of a made-up record's fields nobody reads, and leaves them out.
	const start: Cursor = isMadeUp(w, e)
		? { kind: "memory", text: `((char *)${given})`, offset: 0 }
		: { kind: "address", text, offset: 0 };
	const cursor = walkSteps(w, start, e.steps);
	if (inContext(w, e)) return { cursor, access: "context" };
	return { cursor, access: followed || space === "none" ? "plain" : space };
}

/** The verifier knows what a pointer points to as long as it does not pass through memory of our own. */
function keepsTrust(pointer: IrExpr): boolean {
	switch (pointer.kind) {
		case "call":
		case "variable":
			return true;
		case "convert":
			return keepsTrust(pointer.operand);
		case "place":
			return pointer.base.kind === "pointer";
		default:
			return false;
	}
}

/** `args`: the struct is the program's own context, which only plain loads of constant offset may read. */
function inContext(w: FunctionWriter, e: IrPlace): boolean {
	return w.probe.call === undefined && isEvent(e);
}

/** `args` of a system call without a record: it is made up on the stack. */
function isMadeUp(w: FunctionWriter, e: IrPlace): boolean {
	return w.probe.call !== undefined && isEvent(e);
}

function isEvent({ base, steps }: IrPlace): boolean {
	const [first] = steps;
	return (
		base.kind === "pointer" &&
		first?.kind === "member" &&
		isContextOrigin(first.of.origin)
	);
}

export function isContextOrigin(origin: string): boolean {
	return origin.startsWith("args:") || origin.startsWith("tracepoint:");
}

/** A place that is one number. */
export function readPlace(w: FunctionWriter, e: IrPlace): string {
	const last = e.steps.at(-1);
	const { cursor, access } = find(w, e);
	if (last?.kind === "member" && last.dataLoc)
		return dataLocation(w, cursor, last.dataLoc);
	if (last?.kind === "member" && last.bits)
		return readBitField(w, cursor, access, last);
	const hint = last?.kind === "member" ? last.name : "value";
	const read = () =>
		cursor.members && access === "plain"
			? memberValue(cursor, e.type)
			: loadNumber(
					w,
					cursorAddress(w, cursor),
					e.type,
					access,
					hint,
					slotWide(e),
				);
	return cursor.guard === undefined
		? read()
		: guarded(w, e, cursor.guard, read);
}

/** Pointers are pointers in a struct's slice, and numbers everywhere else. */
function memberValue(cursor: Cursor, type: Type): string {
	const member = memberAt(cursor);
	return type.kind === "pointer" ? `((u64)${member})` : widened(member, type);
}

/** Arguments in registers and context slots take eight bytes each, whatever their type. */
function slotWide(e: IrPlace): boolean {
	const [first] = e.steps;
	return (
		e.steps.length === 1 &&
		first?.kind === "member" &&
		first.of.origin.startsWith("args:")
	);
}

/** An element outside of its array reads as zero, and is counted. */
function guarded(
	w: FunctionWriter,
	e: IrPlace,
	guard: string,
	read: () => string,
): string {
	const result = w.local(wideType(e.type), "0", "element");
	withinBounds(w, e, guard, () => w.line(`${result} = ${read()};`));
	return result;
}

function withinBounds(
	w: FunctionWriter,
	e: IrPlace,
	guard: string,
	read: () => void,
): void {
	const region = w.region({ head: `if (${guard})` });
	w.within(region, read);
	region.otherwise = w.aside(() =>
		w.countLoss("out-of-bounds", { place: placeOf(e.span) }),
	).region;
}

/** The number at an address. */
export function loadNumber(
	w: FunctionWriter,
	address: string,
	type: Type,
	access: Access,
	hint: string,
	wide = false,
): string {
	const stored = storedType(type);
	if (access === "context" || access === "plain") {
		const field = w.fields.get(address)?.number;
		if (field !== undefined) return widened(field, type);
		return wide
			? narrowed(`*(u64 *)${address}`, type)
			: widened(`(*(${stored} *)${address})`, type);
	}
	const name = w.addressed(stored, undefined, hint);
	const call = `${readHelpers[access]}(&${name}, sizeof(${name}), ${pointerTo(address)})`;
	w.line(`${w.attempt(call)};`);
	return widened(name, type);
}

function dataLocation(
	w: FunctionWriter,
	cursor: Cursor,
	kind: "absolute" | "relative",
): string {
	const address = cursorAddress(w, cursor);
	const where = w.local("u32", `*(u32 *)${address}`, "location");
	const context = w.context;
	const end = kind === "relative" ? ` + ${cursor.offset + 4}` : "";
	return `((u64)${context} + (${where} & 0xffff)${end})`;
}

/** A place in memory of our own that need not be copied to be read; undefined for all others. */
export function placeInMemory(
	w: FunctionWriter,
	e: IrPlace,
): string | undefined {
	if (
		e.base.kind !== "value" ||
		e.steps.some((s) => s.kind === "index" && s.index.constant === undefined)
	)
		return undefined;
	const { cursor } = find(w, e);
	return cursor.kind === "memory"
		? memoryAt(cursor.text, cursor.offset)
		: undefined;
}

/** A place that takes memory: arrays, strings, whole structs. */
export function readPlaceInto(
	w: FunctionWriter,
	e: IrPlace,
	dest: string,
): void {
	const whole = wholeArguments(e);
	if (whole) {
		copyArguments(w, e, whole, dest);
		return;
	}
	const { cursor, access } = find(w, e);
	const size = sizeOf(e.type);
	const address = cursorAddress(w, cursor);
	const read = () => readBytes(w, address, dest, size, access, cursor);
	if (cursor.guard === undefined) {
		read();
		return;
	}
	zeroMemory(w, dest, size);
	withinBounds(w, e, cursor.guard, read);
}

function readBytes(
	w: FunctionWriter,
	address: string,
	dest: string,
	size: number,
	access: Access,
	at: Cursor,
): void {
	if (access === "context") {
		copyContext(w, address, dest, size, at.offset);
	} else if (
		access === "plain" &&
		at.kind === "memory" &&
		at.dynamic !== true
	) {
		copyMemory(w, dest, address, size);
	} else {
		const call = `${readHelpers[access === "plain" ? "none" : access]}(${dest}, ${size}, ${pointerTo(address)})`;
		w.line(`${w.attempt(call)};`);
	}
}

/** `&x`, as a number. */
export function addressOfExpr(w: FunctionWriter, e: IrExpr): string {
	if (e.kind === "place") {
		const { cursor } = find(w, e);
		return addressNumber(cursorAddress(w, cursor));
	}
	if (e.kind === "variable") {
		const text = w.variable(e.slot);
		return isScalar(e.type) ? `((u64)&${text})` : `((u64)${text})`;
	}
	if (e.kind === "map-read") return `((u64)${lookUp(w, e.target, e.key).cell})`;
	return `((u64)${memoryOf(w, e)})`;
}

function addressNumber(text: string): string {
	return text.startsWith("((u64)") ? text : `((u64)${text})`;
}
