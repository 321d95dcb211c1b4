// One C function being written: a program, a subprogram, or the callback of a loop. It is the Emitter that builtins see.

import type { Span } from "../base/source.ts";
import type {
	AuxiliaryMap,
	Emitter,
	EventField,
	EventParams,
	MapFacts,
	ProbeFacts,
	TypedExpr,
} from "../builtins/definition.ts";
import type { IrExpr, VariableSlot } from "../semantic/ir.ts";
import { isScalar } from "../types/scalar.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { StructType } from "../types/types.ts";
import { wideType } from "./c-types.ts";
import { emitEvent } from "./events.ts";
import { emitStringsEqual } from "./expressions/compare.ts";
import { memoryOf } from "./expressions/memory.ts";
import { emitScalar } from "./expressions/scalars.ts";
import { emitInto } from "./expressions/values.ts";
import { emitCount, emitDelete, emitHasKey } from "./map-elements.ts";
import { emitMapKey } from "./map-keys.ts";
import { copyMemory, zeroMemory } from "./memory-text.ts";
import type { Names } from "./names.ts";
import { addressOfExpr } from "./places.ts";
import {
	type Origin,
	placeBeforeUses,
	Region,
	type RegionOptions,
} from "./region.ts";
import type { LossReason, ScriptWriter } from "./script-writer.ts";

/** Stack and scratch memory of a program; its callbacks share them. */
export interface Frame {
	stackBytes: number;
	scratchBytes: number;
	readonly scratchMap: string;
	readonly names: Names;
}

/** The kernel allows 512 bytes of stack for a program and all that it calls; the rest is for clang's own needs. */
const STACK_BUDGET = 320;

interface Once {
	readonly lines: readonly string[];
	readonly name: string;
	readonly cType: string;
	/** What its lines use. */
	readonly after: readonly string[];
}

export interface Loop {
	/** How `break` and `continue` are said in C here. */
	readonly onBreak: string;
	readonly onContinue: string;
}

/** A value of the enclosing function that a callback uses. */
export interface Capture {
	readonly declaration: string;
	readonly field: string;
	/** As the enclosing function says it. */
	readonly outer: string;
}

/** Where a variable is: a C local's name, or bytes of scratch memory. */
type Home =
	| { readonly kind: "local"; readonly text: string }
	| {
			readonly kind: "scratch";
			readonly offset: number;
			readonly cType: string;
	  };

/** What stands for `return` in this function. */
export type ReturnStyle = "program" | "callback" | "function";

export class FunctionWriter implements Emitter {
	readonly script: ScriptWriter;
	readonly probe: ProbeFacts;
	readonly frame: Frame;
	readonly root: Region;
	readonly returnStyle: ReturnStyle;
	readonly enclosing: FunctionWriter | undefined;
	readonly captures = new Map<string, Capture>();
	readonly loops: Loop[] = [];
	/** C text of a `char *` into a struct's field → its alignment, and the field itself where that is a number. */
	readonly fields = new Map<
		string,
		{ readonly number: string | undefined; readonly align: number }
	>();
	readonly #variables = new Map<string, Home>();
	readonly #onces = new Map<string, Once>();
	/** Set when a callback leaves the program. */
	leaves = false;
	current: Region;
	origin: Origin | undefined;

	constructor(
		script: ScriptWriter,
		probe: ProbeFacts,
		frame: Frame,
		returnStyle: ReturnStyle,
		origin: Origin | undefined,
		enclosing?: FunctionWriter,
	) {
		this.script = script;
		this.probe = probe;
		this.frame = frame;
		this.returnStyle = returnStyle;
		this.origin = origin;
		this.enclosing = enclosing;
		this.root = new Region(undefined, origin);
		this.current = this.root;
	}

	// Expressions. Everything that builtins hand back was given to them by the checker, so it is IR.
	scalar(e: TypedExpr): string {
		return emitScalar(this, e as IrExpr);
	}
	memory(e: TypedExpr, loose = false): string {
		return memoryOf(this, e as IrExpr, loose);
	}
	address(e: TypedExpr): string {
		return addressOfExpr(this, e as IrExpr);
	}
	into(e: TypedExpr, dest: string, loose = false): void {
		emitInto(this, e as IrExpr, dest, loose);
	}

	line(text: string): void {
		this.current.line(text, this.origin);
	}

	block(head: string, body: () => void): void {
		this.within(this.region({ head }), body);
	}

	/** A new region after all that has been written. */
	region(options: RegionOptions = {}): Region {
		const region = new Region(this.current, this.origin, options);
		this.current.items.push(region);
		return region;
	}

	/** Writes into `region` what `body` writes. */
	within<T>(region: Region, body: () => T): T {
		const before = this.current;
		this.current = region;
		try {
			return body();
		} finally {
			this.current = before;
		}
	}

	/** Writes aside: the caller decides whether and where the lines go. */
	aside<T>(body: () => T): { readonly region: Region; readonly value: T } {
		const region = new Region(this.current, this.origin);
		const value = this.within(region, body);
		return { region, value };
	}

	/** Puts lines that were written aside here. */
	append(region: Region): void {
		this.current.items.push(...region.items);
	}

	local(cType: string, init?: string, hint = "value"): string {
		const name = this.frame.names.fresh(hint);
		const space = cType.endsWith("*") ? "" : " ";
		this.line(
			`${cType}${space}${name}${init === undefined ? "" : ` = ${init}`};`,
		);
		return name;
	}

	/** A local of the 64-bit type that numbers of `e`'s type are computed in. */
	temporary(e: IrExpr, hint = "value"): string {
		return this.local(wideType(e.type), this.scalar(e), hint);
	}

	/** True, and the bytes are taken, where memory of that size may be on the stack. */
	fitsStack(size: number): boolean {
		const rounded = Math.ceil(size / 8) * 8;
		const fits =
			size <= this.script.script.onStackLimit &&
			this.frame.stackBytes + rounded <= STACK_BUDGET;
		if (fits) this.frame.stackBytes += rounded;
		return fits;
	}

	/** Always aligned to eight bytes. */
	buffer(size: number, hint = "buffer"): string {
		const rounded = Math.ceil(size / 8) * 8;
		if (!this.fitsStack(size)) return this.scratch(rounded);
		const name = this.frame.names.fresh(hint);
		this.line(`char ${name}[${rounded}] __aligned(8);`);
		return name;
	}

	/** Memory in the program's own per-CPU map. */
	scratch(size: number): string {
		return this.#scratchAt(this.#takeScratch(size));
	}

	#takeScratch(size: number): number {
		const offset = this.frame.scratchBytes;
		this.frame.scratchBytes += Math.ceil(size / 8) * 8;
		this.script.scratch.set(this.frame.scratchMap, this.frame.scratchBytes);
		return offset;
	}

	#scratchAt(offset: number): string {
		const scratch = this.#useOnce("scratch", () => ({
			name: "scratch",
			cType: "char *",
			after: [],
			lines: [
				`char *scratch = bpf_map_lookup_elem(&${this.frame.scratchMap}, &(u32){ 0 });`,
				"if (!scratch)",
				"\treturn 0;",
			],
		}));
		return offset === 0 ? scratch : `(${scratch} + ${offset})`;
	}

	once(key: string, cType: string, init: string): string {
		return this.#useOnce(key, () => {
			const name = this.frame.names.fresh(key.replace(/\W/g, "_"));
			const after = [...this.#onces.keys()].filter((k) =>
				init.includes(this.#onces.get(k)?.name ?? k),
			);
			const space = cType.endsWith("*") ? "" : " ";
			return {
				name,
				cType,
				after,
				lines: [`${cType}${space}${name} = ${init};`],
			};
		});
	}

	#useOnce(key: string, make: () => Once): string {
		if (this.enclosing) {
			const outer = this.enclosing.#useOnce(key, make);
			const cType = this.#onceType(key);
			return this.capture(key, cType, outer);
		}
		let once = this.#onces.get(key);
		if (!once) {
			once = make();
			this.#onces.set(key, once);
		}
		this.current.mark(key);
		return once.name;
	}

	#onceType(key: string): string {
		return this.enclosing
			? this.enclosing.#onceType(key)
			: (this.#onces.get(key)?.cType ?? "u64");
	}

	zero(dest: string, size: number): void {
		zeroMemory(this, dest, size);
	}

	copy(dest: string, from: string, size: number): void {
		copyMemory(this, dest, from, size);
	}

	stringsEqual(a: TypedExpr, b: TypedExpr, limit: number): string {
		return emitStringsEqual(this, a as IrExpr, b as IrExpr, limit);
	}

	kernelAddress(symbol: string): string {
		return this.script.kernelAddress(symbol);
	}

	deleteKey(map: MapFacts, keys: TypedExpr | undefined): string {
		return emitDelete(this, this.script.map(map), keys as IrExpr | undefined);
	}

	hasKey(map: MapFacts, keys: TypedExpr | undefined): string {
		return emitHasKey(this, this.script.map(map), keys as IrExpr | undefined);
	}

	get types(): TypeSource {
		return this.script.types;
	}

	get maxStrlen(): number {
		return this.script.script.maxStrlen;
	}

	kernelStruct(type: StructType, members: readonly string[]): string {
		for (const name of members) this.script.slices.useField(type, name);
		return this.script.slices.use(type);
	}

	countElements(map: MapFacts): string {
		return emitCount(this, this.script.map(map));
	}

	include(template: string): void {
		this.script.templates.add(template);
	}

	mapAddress(map: MapFacts): string {
		return `&${this.script.map(map).symbol}`;
	}

	mapKey(map: MapFacts, keys: TypedExpr | undefined): string {
		return emitMapKey(this, this.script.map(map), keys as IrExpr | undefined);
	}

	auxiliaryMap(map: AuxiliaryMap): string {
		if (!this.script.auxiliary.has(map.symbol))
			this.script.auxiliary.set(map.symbol, map);
		return `&${map.symbol}`;
	}

	countLoss(reason: LossReason, map?: MapFacts): void {
		this.line(`count_loss(${this.script.loss(reason, map?.name)});`);
	}

	event(
		builtin: string,
		params: EventParams,
		fields: readonly EventField[],
		span: Span,
	): void {
		emitEvent(
			this,
			builtin,
			params,
			fields as readonly { name: string; value: IrExpr }[],
			span,
		);
	}

	leave(): void {
		if (this.returnStyle !== "callback") {
			this.line("return 0;");
			return;
		}
		this.leaves = true;
		this.line("captured->left = 1;");
		this.line("return 1;");
	}

	/** The function's end, unless it has just returned. */
	end(): void {
		const last = this.root.items.at(-1);
		const returned = last?.kind === "line" && last.text.startsWith("return ");
		if (!returned) this.root.line("return 0;", this.root.origin);
		this.#finish();
	}

	/** The program's context, also from inside callbacks. */
	get context(): string {
		return this.enclosing
			? this.capture("ctx", "void *", this.enclosing.context)
			: "ctx";
	}

	/** Makes the variable a C local of this function. */
	declare(slot: VariableSlot, text: string): void {
		this.#variables.set(slot.symbol, { kind: "local", text });
	}

	/**
	 * Puts a number that callbacks change into scratch memory. The verifier does not follow values there; on the stack it
	 * would, and count a loop's rounds one by one.
	 */
	declareShared(slot: VariableSlot): void {
		const offset = this.#takeScratch(8);
		const cType = wideType(slot.type);
		this.#variables.set(slot.symbol, { kind: "scratch", offset, cType });
	}

	/** True where the variable is declared here or around. */
	knows(slot: VariableSlot): boolean {
		return this.#homeOf(slot) !== undefined;
	}

	#homeOf(slot: VariableSlot): Home | undefined {
		const own = this.#variables.get(slot.symbol);
		if (own || !this.enclosing) return own;
		return this.enclosing.#homeOf(slot);
	}

	/** A scalar variable's lvalue, or a `char *` to a variable in memory. */
	variable(slot: VariableSlot): string {
		const home = this.#homeOf(slot);
		if (home?.kind === "scratch") {
			return `(*(${home.cType} *)${this.#scratchAt(home.offset)})`;
		}
		const own = this.#variables.has(slot.symbol);
		if (!home)
			throw new Error(`E0925: variable ${slot.symbol} is not declared`);
		if (own || !this.enclosing) return home.text;
		const cType = isScalar(slot.type) ? wideType(slot.type) : "char *";
		return this.capture(slot.symbol, cType, this.enclosing.variable(slot));
	}

	/** Hands a value of the enclosing function to this callback. */
	capture(key: string, cType: string, outer: string): string {
		const known = this.captures.get(key);
		if (known) return `captured->${known.field}`;
		const field = key.replace(/\W/g, "_");
		const space = cType.endsWith("*") ? "" : " ";
		const declaration = `${cType}${space}${field}`;
		this.captures.set(key, { declaration, field, outer });
		return `captured->${field}`;
	}

	/** Puts what is computed once where it is first needed. */
	#finish(): void {
		const placed = [...this.#onces.entries()];
		for (const [key, once] of placed) {
			const users = placed
				.filter(([, other]) => other.after.includes(key))
				.map(([k]) => k);
			placeBeforeUses(this.root, new Set([key, ...users]), once.lines);
		}
	}
}
