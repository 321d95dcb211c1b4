// Walking a place's steps to an address. Members of kernel structs are named, so that libbpf finds them in the running
// kernel; all others have the offset that was known when compiling.
import { cIdentifier } from "../base/c-text.ts";
import type { PlaceStep } from "../semantic/ir.ts";
import type { Type } from "../types/types.ts";
import { emitScalar } from "./expressions/scalars.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { memoryAt } from "./memory-text.ts";
import { isAnonymous } from "./slices.ts";

/** How far a walk has come. */
export interface Cursor {
	/** `address`: `text` is a u64; `memory`: a `char *` to memory of our own. */
	readonly kind: "address" | "memory";
	readonly text: string;
	/** Bytes to add. */
	readonly offset: number;
	/** Members of a kernel struct at `text`: `.mm.pgd`, or `.comm[3]`. */
	readonly members?: { readonly struct: string; readonly path: string };
	/** Must hold for the place to exist: an index within bounds. */
	readonly guard?: string;
	/** An index that is only known when running went into `text`. */
	readonly dynamic?: boolean;
}

export function walkSteps(
	w: FunctionWriter,
	start: Cursor,
	steps: readonly PlaceStep[],
): Cursor {
	let cursor = start;
	let reached: Type | undefined;
	for (const step of steps) {
		if (step.kind === "index") cursor = walkIndex(w, cursor, step, reached);
		else if (step.kind === "element") cursor = moved(w, cursor, step.offset);
		else cursor = walkMember(w, cursor, step);
		reached = step.type;
	}
	return cursor;
}

type Member = Extract<PlaceStep, { kind: "member" }>;

function walkMember(w: FunctionWriter, cursor: Cursor, step: Member): Cursor {
	const relocated = step.of.origin === "kernel" && cursor.kind === "address";
	if (
		!relocated ||
		!startsAtNamed(cursor, step) ||
		!w.script.slices.useField(step.of, step.name)
	) {
		return moved(w, cursor, step.bits ? step.offset : step.offset);
	}
	const name = cIdentifier(step.name);
	if (cursor.members) {
		return {
			...cursor,
			members: { ...cursor.members, path: `${cursor.members.path}.${name}` },
		};
	}
	const struct = w.script.slices.use(step.of);
	return { ...flat(w, cursor), members: { struct, path: name } };
}

/** A walk by names must begin at a struct that has one. */
function startsAtNamed(cursor: Cursor, step: Member): boolean {
	return cursor.members !== undefined || !isAnonymous(step.of);
}

function walkIndex(
	w: FunctionWriter,
	cursor: Cursor,
	step: Extract<PlaceStep, { kind: "index" }>,
	reached: Type | undefined,
): Cursor {
	const known = step.index.constant;
	if (typeof known === "bigint") {
		const within = cursor.members && reached?.kind === "array" && known >= 0n;
		if (within && cursor.members) {
			return {
				...cursor,
				members: {
					...cursor.members,
					path: `${cursor.members.path}[${known}]`,
				},
			};
		}
		return moved(w, cursor, Number(known) * step.stride);
	}
	const index = w.local("u64", emitScalar(w, step.index), "index");
	const base = flat(w, cursor);
	const scaled = step.stride === 1 ? index : `${index} * ${step.stride}`;
	const start =
		base.offset === 0 ? base.text : memoryAt(base.text, base.offset);
	const guard =
		step.bound === undefined ? undefined : `${index} < ${step.bound}`;
	const both = [cursor.guard, guard]
		.filter((g) => g !== undefined)
		.join(" && ");
	return {
		kind: base.kind,
		text: `(${start} + ${scaled})`,
		offset: 0,
		dynamic: true,
		...(both === "" ? {} : { guard: both }),
	};
}

/** Constant bytes further; ends a walk by names. */
function moved(w: FunctionWriter, cursor: Cursor, bytes: number): Cursor {
	const base = flat(w, cursor);
	return { ...base, offset: base.offset + bytes };
}

/** As a plain address, without member names. */
function flat(w: FunctionWriter, cursor: Cursor): Cursor {
	if (!cursor.members) return cursor;
	const { members: _, ...rest } = cursor;
	return { ...rest, text: cursorAddress(w, cursor), offset: 0 };
}

/** The C text of the address: u64 or `char *`, as the cursor's kind says. */
export function cursorAddress(w: FunctionWriter, cursor: Cursor): string {
	if (cursor.members) {
		return `((u64)&${memberAt(cursor)})`;
	}
	if (cursor.kind === "memory") return memoryAt(cursor.text, cursor.offset);
	return offsetAddress(w, cursor);
}

/** `(((struct task_struct *)task)->pid)` */
export function memberAt(cursor: Cursor): string {
	return `((${structAt(cursor)})->${cursor.members?.path})`;
}

/** `(struct task_struct *)task` */
export function structAt(cursor: Cursor): string {
	const text =
		cursor.offset === 0 ? cursor.text : `(${cursor.text} + ${cursor.offset})`;
	return `(${cursor.members?.struct} *)${text}`;
}

/** The context must be read through its own name: the verifier takes no computed address for it. */
function offsetAddress(w: FunctionWriter, cursor: Cursor): string {
	const text =
		cursor.text === "((u64)ctx)" || cursor.text === "((u64)captured->ctx)"
			? w.context
			: cursor.text;
	return cursor.offset === 0 ? text : `(${text} + ${cursor.offset})`;
}
