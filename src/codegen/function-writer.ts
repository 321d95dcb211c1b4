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
import type { MachineFacts } from "../builtins/machine.ts";
import type { IrExpr, TypedMap } from "../semantic/ir.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { StructType, Type } from "../types/types.ts";
import { wideType } from "./c-types.ts";
import { emitEvent, emitPacket } from "./events.ts";
import { emitStringsEqual } from "./expressions/compare.ts";
import { memoryOf } from "./expressions/memory.ts";
import { emitScalar } from "./expressions/scalars.ts";
import { emitInto } from "./expressions/values.ts";
import { emitCount, emitDelete, emitFind, emitHasKey } from "./map-elements.ts";
import { emitWallClock } from "./map-reads.ts";
import { copyMemory, zeroMemory } from "./memory-text.ts";
import { placeOf } from "./origin.ts";
import { addressOfExpr } from "./places.ts";
import type { Origin } from "./region.ts";
import type { LossPlace, LossReason, ScriptWriter } from "./script-writer.ts";
import { type Frame, StorageWriter } from "./storage-writer.ts";

export interface Loop {
	/** How `break` and `continue` are said in C here. */
	readonly onBreak: string;
	readonly onContinue: string;
}

/** What stands for `return` in this function. */
export type ReturnStyle = "program" | "callback" | "function";

export class FunctionWriter extends StorageWriter implements Emitter {
	readonly probe: ProbeFacts;
	readonly returnStyle: ReturnStyle;
	readonly loops: Loop[] = [];
	/** C text of a `char *` into a struct's field → its alignment, and the field itself where that is a number. */
	readonly fields = new Map<
		string,
		{ readonly number: string | undefined; readonly align: number }
	>();
	/** Set when a callback leaves the program. */
	leaves = false;

	constructor(
		script: ScriptWriter,
		probe: ProbeFacts,
		frame: Frame,
		returnStyle: ReturnStyle,
		origin: Origin | undefined,
		enclosing?: FunctionWriter,
	) {
		super(script, frame, origin, enclosing);
		this.probe = probe;
		this.returnStyle = returnStyle;
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

	/** A local of the 64-bit type that numbers of `e`'s type are computed in. */
	temporary(e: IrExpr, hint = "value"): string {
		return this.local(wideType(e.type), this.scalar(e), hint);
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

	kernelVariable(name: string, type: Type): string {
		return this.script.kernelVariable(name, type);
	}

	deleteKey(map: MapFacts, keys: TypedExpr | undefined, used = true): string {
		const key = keys as IrExpr | undefined;
		return emitDelete(this, this.script.map(map), key, used);
	}

	findValue(
		map: MapFacts,
		keys: TypedExpr | undefined,
		target: TypedExpr,
	): string {
		return emitFind(
			this,
			this.script.map(map),
			keys as IrExpr | undefined,
			target as IrExpr,
		);
	}

	hasKey(map: MapFacts, keys: TypedExpr | undefined): string {
		return emitHasKey(this, this.script.map(map), keys as IrExpr | undefined);
	}

	get types(): TypeSource {
		return this.script.types;
	}

	get machine(): MachineFacts {
		return this.script.script.machine;
	}

	get maxStrlen(): number {
		return this.script.script.maxStrlen;
	}

	kernelStruct(type: StructType, members: readonly string[]): string {
		for (const name of members) this.script.slices.useField(type, name);
		return this.script.slices.use(type);
	}

	wallClock(): string {
		return emitWallClock(this, "bpf_ktime_get_tai_ns()");
	}

	countElements(map: MapFacts): string {
		return emitCount(this, this.script.map(map));
	}

	include(template: string): void {
		this.script.templates.add(template);
	}

	auxiliaryMap(map: AuxiliaryMap): string {
		const known = this.script.auxiliary.get(map.symbol);
		// Of builtins that share one, the one that needs most says how large it is.
		if (!known || known.maxEntries < map.maxEntries)
			this.script.auxiliary.set(map.symbol, map);
		return `&${map.symbol}`;
	}

	countLoss(reason: LossReason, where?: LossPlace): void {
		this.line(`count_loss(${this.script.loss(reason, where)});`);
	}

	attempt(call: string): string {
		const helper = /^bpf_(\w+)\(/.exec(call)?.[1];
		if (!this.script.script.helperErrors || !this.span || !helper) return call;
		const place = placeOf(this.span);
		return `count_failure(${this.script.loss("read-failed", { helper, place })}, ${call})`;
	}

	/** Counts, where that is wanted, what was not found in a map. */
	missed(cell: string, map: TypedMap): void {
		if (!this.script.script.helperErrors || !this.span) return;
		this.line(`if (!${cell})`);
		const where = { map: map.name, place: placeOf(this.span) };
		this.line(`\tcount_loss(${this.script.loss("key-missing", where)});`);
	}

	packet(
		builtin: string,
		params: EventParams,
		packet: TypedExpr,
		length: TypedExpr,
		span: Span,
	): string {
		const [skb, bytes] = [this.scalar(packet), this.scalar(length)];
		return emitPacket(this, builtin, params, skb, bytes, span);
	}

	event(
		builtin: string,
		params: EventParams,
		fields: readonly EventField[],
		span: Span,
		whenFull?: () => void,
	): void {
		emitEvent(
			this,
			builtin,
			params,
			fields as readonly { name: string; value: IrExpr }[],
			span,
			whenFull,
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
		this.finish();
	}
}
