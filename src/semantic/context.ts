// The state of one check: what is shared by all programs of a script, what belongs to one program, and the frames of
// macro calls and blocks. Types are found by passes over the whole script until nothing changes any more.

import type { Expression, Macro } from "../../grammar/ast.ts";
import type {
	Diagnostics,
	MessageArgs,
	Note,
	ReportOptions,
} from "../base/diagnostics.ts";
import type { MessageCode } from "../base/messages.ts";
import type { Span } from "../base/source.ts";
import type { CheckSettings, ProbeFacts } from "../builtins/definition.ts";
import type { Type } from "../types/types.ts";
import type { Configuration } from "./config.ts";
import type { CompileEnvironment } from "./environment.ts";
import type { TypedFunction } from "./ir.ts";

/** Stands where a type is not known yet; whatever touches it is not known either, and nothing is reported. */
export const unresolved: Type = { kind: "void" };

/** A variable while its type is being found; the object is the IR's VariableSlot as well. */
export interface Slot {
	readonly symbol: string;
	readonly name: string;
	readonly span: Span;
	type: Type;
	/** The value that the type came from first. */
	typeSpan: Span;
	/** Given a type with a size by `let`: assignments must fit. */
	readonly fixed: boolean;
	/** Made by its first assignment, not by `let`, a loop or a parameter. */
	implicit: boolean;
	/** Something of unknown type was assigned, so that the cause of an unknown type lies there. */
	assigned: boolean;
}

/** A map while its types are being found; the object becomes the IR's TypedMap. */
export interface MapEntry {
	readonly name: string;
	readonly symbol: string;
	readonly span: Span;
	key: Type | undefined;
	value: Type;
	keySpan: Span | undefined;
	valueSpan: Span | undefined;
	/** undefined until the first use says whether it has keys. */
	isScalar: boolean | undefined;
	readonly declared:
		| { readonly type: string; readonly entries: number; readonly span: Span }
		| undefined;
	/** Keys that it takes where the declaration says no number. */
	readonly maxKeys: number;
	/** Assigned or updated somewhere, not just read. */
	written: boolean;
	/** Not by code alone that never runs. */
	writtenLive: boolean;
	/** Its value is asked for somewhere. */
	isRead: boolean;
	/** It is read and nothing is stored in it: it reads as 0. */
	isUnassigned: boolean;
	/** What its numbers count, where the script says so. */
	unit?: string;
}

/** What all programs of a script share. */
export interface ScriptState {
	readonly environment: CompileEnvironment;
	readonly settings: CheckSettings;
	readonly configuration: Configuration;
	readonly maps: Map<string, MapEntry>;
	readonly macros: ReadonlyMap<string, readonly Macro[]>;
	readonly functions: Map<string, TypedFunction>;
	/** Which functions each function calls, as far as this pass has seen. */
	readonly calls: Map<string, Set<string>>;
	/** Feature rows of the builtins in use. */
	needs: Set<string>;
	/** Of the current pass. */
	diagnostics: Diagnostics;
	/** What is most likely wrong only because something else is: told when there is nothing else. */
	consequences: Diagnostics;
	/** Set when a type became known or wider, so that another pass is needed. */
	changed: boolean;
	/** What became wider last. */
	widened?: { readonly name: string; readonly span: Span };
	/** True in a pass after one that changed nothing: `@a + 1` is then a number, whatever `@a` is. */
	guessing: boolean;
	/** There is code that never runs. */
	hasDead: boolean;
	/** Such code is being checked. */
	inDead?: boolean;
	/** True once nothing else says what some maps hold: then code that never runs is looked at for types. */
	filling: boolean;
	/** True in the pass after the last change: what is still unknown is reported. */
	final: boolean;
}

/** One program being checked. */
export interface ProgramState {
	readonly facts: ProbeFacts;
	/** The script's function whose body this is. */
	readonly inside?: string;
	readonly slots: Map<string, Slot>;
	/** Taken C names of variables. */
	readonly symbols: Set<string>;
	/** Variables that outlive the block that assigns them, as all did in older scripts, and where that shows first. */
	readonly outliving: Map<string, Span>;
}

export function newProgram(facts: ProbeFacts, inside?: string): ProgramState {
	return {
		facts,
		...(inside === undefined ? {} : { inside }),
		slots: new Map(),
		symbols: new Set(),
		outliving: new Map(),
	};
}

/** A macro call's view: what its parameters stand for, and who called. */
export interface Frame {
	/** Unique in the program, the same in each pass. */
	readonly id: string;
	readonly macro: Macro | undefined;
	readonly variables: ReadonlyMap<string, Slot>;
	readonly maps: ReadonlyMap<string, string>;
	readonly expressions: ReadonlyMap<
		string,
		{ readonly expression: Expression; readonly context: Context }
	>;
	readonly caller: Frame | undefined;
	/** The call. */
	readonly span: Span | undefined;
}

/** A block's variables. */
export interface Scope {
	readonly id: string;
	readonly names: Map<string, Slot>;
	readonly outer: Scope | undefined;
}

export interface Context {
	readonly script: ScriptState;
	readonly program: ProgramState;
	readonly frame: Frame;
	readonly scope: Scope;
	/** `break` and `continue` are allowed. */
	readonly inLoop: boolean;
	/** What `return` gives back: nothing is said of probes, which may give a number. */
	readonly returns: Type | undefined;
	/** False in a branch whose condition is known not to hold. */
	readonly reached: boolean;
}

export function report(
	cx: Context,
	code: MessageCode,
	args: MessageArgs,
	span: Span,
	options: ReportOptions = {},
): void {
	const notes = [...(options.notes ?? []), ...callNotes(cx.frame)];
	cx.script.diagnostics.report(code, args, { ...options, notes, span });
}

/** Says what follows from something else that is wrong, told only when nothing else is. */
export function reportConsequence(
	cx: Context,
	code: MessageCode,
	args: MessageArgs,
	span: Span,
	options: ReportOptions = {},
): void {
	cx.script.consequences.report(code, args, { ...options, span });
}

/** Where the macros were called that led to a place: what a macro's body says makes sense only with its arguments. */
function callNotes(frame: Frame): readonly Note[] {
	if (!frame.macro || !frame.span) return [];
	const text = `in macro ${frame.macro.name.text}, called`;
	const outer = frame.caller ? callNotes(frame.caller) : [];
	return [{ text, span: frame.span }, ...outer].slice(0, mostCallNotes);
}

/** Calls of macros that led to a place, the innermost first. */
export function macroCalls({ macro, span, caller }: Frame): readonly Span[] {
	return macro && span ? [span, ...(caller ? macroCalls(caller) : [])] : [];
}

const mostCallNotes = 3;

/** A context for a block inside `cx`. */
export function innerScope(
	cx: Context,
	span: Span,
	inLoop = cx.inLoop,
): Context {
	const scope: Scope = {
		id: `${cx.scope.id}/${span.source.name}:${span.start}`,
		names: new Map(),
		outer: cx.scope,
	};
	return { ...cx, scope, inLoop };
}

/** The outermost frame and scope of a program. */
export function outermost(script: ScriptState, program: ProgramState): Context {
	const frame: Frame = {
		id: "",
		macro: undefined,
		variables: new Map(),
		maps: new Map(),
		expressions: new Map(),
		caller: undefined,
		span: undefined,
	};
	return {
		script,
		program,
		frame,
		scope: { id: "", names: new Map(), outer: undefined },
		inLoop: false,
		returns: undefined,
		reached: true,
	};
}
