// Maps of a script: what keys and values they hold, found by all their uses, and the BPF map type that follows.

import type { MapAccess } from "../../grammar/ast.ts";
import type { Note } from "../base/diagnostics.ts";
import type { Span } from "../base/source.ts";
import type { BpfMapType } from "../plan.ts";
import { typeName } from "../types/type-name.ts";
import { sameType, type Type } from "../types/types.ts";
import {
	type Context,
	type MapEntry,
	report,
	reportConsequence,
	unresolved,
} from "./context.ts";
import type { TypedMap } from "./ir.ts";
import { joinKeys, joinTypes, settled, withoutTrust } from "./type-join.ts";
import { helpForUnassigned } from "./unassigned-maps.ts";
import { noteWidening } from "./widening.ts";

/** The entry of a map, through the macro parameters in force. */
export function mapEntry(cx: Context, node: MapAccess): MapEntry {
	const name = cx.frame.maps.get(node.name) ?? node.name;
	if (cx.frame.macro && !cx.frame.maps.has(node.name)) {
		report(
			cx,
			"E0204",
			{ map: `@${node.name}`, macro: cx.frame.macro.name.text },
			node.span,
		);
	}
	let entry = cx.script.maps.get(name);
	if (!entry) {
		entry = newMapEntry(
			name,
			node.span,
			undefined,
			cx.script.settings.maxMapKeys,
		);
		cx.script.maps.set(name, entry);
		cx.script.changed = true;
	}
	return entry;
}

export function newMapEntry(
	name: string,
	span: Span,
	declared: MapEntry["declared"],
	maxKeys: number,
): MapEntry {
	return {
		name,
		symbol: name === "" ? "m_" : `m_${name}`,
		span,
		key: undefined,
		value: unresolved,
		keySpan: undefined,
		valueSpan: undefined,
		isScalar: undefined,
		declared,
		maxKeys,
		written: false,
		writtenLive: false,
		isRead: false,
		isUnassigned: false,
	};
}

/** Notes that the map is used with keys of this type, or (undefined) without keys. */
export function useKey(
	cx: Context,
	entry: MapEntry,
	used: Type | undefined,
	span: Span,
): void {
	const key = used && withoutTrust(used);
	if (!agreeOnKeys(cx, entry, key === undefined, span)) return;
	if (key === undefined || key === unresolved) return;
	if (entry.key === undefined) {
		entry.key = key;
		entry.keySpan = span;
		cx.script.changed = true;
		return;
	}
	const joined = joinKeys(entry.key, key);
	if (!joined) {
		const held = keyName(entry.key);
		const args = { map: `@${entry.name}`, held, type: keyName(key) };
		const notes = firstUse(entry, `first used with a key of ${held}`);
		report(cx, "E0207", args, span, { notes });
	} else if (!sameType(joined, entry.key)) {
		entry.key = joined;
		noteWidening(cx, `@${entry.name}`, span);
	}
}

/** Whether the map has keys is settled by its first use; false where this use says otherwise. */
function agreeOnKeys(
	cx: Context,
	entry: MapEntry,
	scalar: boolean,
	span: Span,
): boolean {
	if (entry.isScalar === undefined) {
		entry.isScalar = scalar;
		entry.keySpan = span;
		cx.script.changed = true;
		return true;
	}
	if (entry.isScalar === scalar) return true;
	const first = scalar ? "first used with a key" : "first used without a key";
	const notes = firstUse(entry, first);
	const code = scalar ? "E0205" : "E0206";
	report(cx, code, { map: `@${entry.name}` }, span, { notes });
	return false;
}

function firstUse(entry: MapEntry, text: string): readonly Note[] {
	return entry.keySpan ? [{ text, span: entry.keySpan }] : [];
}

function keyName(type: Type): string {
	return typeName(settled(type));
}

export function noteWritten({ script }: Context, entry: MapEntry): void {
	entry.written = true;
	if (!script.inDead) entry.writtenLive = true;
}

/** Notes what is stored; `what` names it for messages: `count()`, or the type of a plain value. */
export function useValue(
	cx: Context,
	entry: MapEntry,
	stored: Type,
	span: Span,
): void {
	const value = withoutTrust(stored);
	noteWritten(cx, entry);
	if (value === unresolved) return;
	checkDeclared(cx, entry, value, span);
	if (entry.value === unresolved) {
		entry.value = value;
		entry.valueSpan = span;
		cx.script.changed = true;
		return;
	}
	const joined = joinTypes(entry.value, value);
	if (joined) {
		if (!sameType(joined, entry.value)) {
			entry.value = joined;
			noteWidening(cx, `@${entry.name}`, span);
		}
		return;
	}
	const note = {
		text: `first used as ${valueName(entry.value)}`,
		span: entry.valueSpan ?? entry.span,
	};
	const args = { map: `@${entry.name}`, ...tellApart(entry.value, value) };
	const help = `use another map, for example @${entry.name}_${value.kind === "aggregate" ? value.name : "2"} = …`;
	report(cx, "E0203", args, span, { notes: [note], help });
}

/** A plain value under a key is one for all CPUs. */
function checkDeclared(
	cx: Context,
	entry: MapEntry,
	value: Type,
	span: Span,
): void {
	const declared = entry.declared && declaredTypes[entry.declared.type];
	if (!entry.declared || !declared || value.kind === "aggregate") return;
	if (!/percpu/.test(declared.plain)) return;
	report(
		cx,
		"E0248",
		{
			map: `@${entry.name}`,
			declared: entry.declared.type,
			type: typeName(settled(value)),
			instead: entry.declared.type.replace("percpu", ""),
		},
		span,
		{ notes: [{ text: "declared", span: entry.declared.span }] },
	);
}

/** One aggregate with other parameters (`lhist(…, 0, 10, 1)`) is told apart by these. */
function tellApart(held: Type, value: Type): { held: string; type: string } {
	const names = { held: valueName(held), type: valueName(value) };
	if (names.held !== names.type) return names;
	return { held: withParams(held), type: withParams(value) };
}

function withParams(type: Type): string {
	if (type.kind !== "aggregate") return typeName(type);
	const params = Object.entries(type.params).map((p) => p.join(" "));
	return `${type.name}() with ${params.join(", ")}`;
}

function valueName(type: Type): string {
	return type.kind === "aggregate" ? `${type.name}()` : typeName(type);
}

/** Notes that a map is read, printed or the like. False, with a report, where nothing is ever stored in it. */
export function noteUse(
	cx: Context,
	entry: MapEntry,
	node: MapAccess,
): boolean {
	if (entry.value !== unresolved || !cx.script.final) return true;
	const name = `@${entry.name}`;
	if (entry.written) {
		const help = `cast what is assigned, for example ${name} = (uint64)…`;
		reportConsequence(cx, "E0218", { name }, node.span, { help });
		return false;
	}
	const help = helpForUnassigned(cx.script, entry);
	report(cx, "E0220", { map: name }, node.span, { help });
	return false;
}

/**
 * The entry in the IR's words. The same object for the same entry, filled in while types are found, so that
 * nodes of the last pass see the final types.
 */
export function entryAsTyped(entry: MapEntry): TypedMap {
	let typed = typedOf.get(entry);
	if (!typed) {
		typed = new TypedMapView(entry);
		typedOf.set(entry, typed);
	}
	return typed;
}

const typedOf = new WeakMap<MapEntry, TypedMap>();

class TypedMapView implements TypedMap {
	readonly #entry: MapEntry;
	constructor(entry: MapEntry) {
		this.#entry = entry;
	}
	get unit(): string | undefined {
		return this.#entry.unit;
	}
	get name(): string {
		return this.#entry.name;
	}
	get symbol(): string {
		return this.#entry.symbol;
	}
	get span(): Span {
		return this.#entry.span;
	}
	get scalar(): boolean {
		return this.#entry.isScalar !== false;
	}
	get key(): Type | undefined {
		return this.#entry.key && settled(this.#entry.key);
	}
	get value(): Type {
		return settled(this.#entry.value);
	}
	get bpfType(): BpfMapType {
		return bpfTypeOf(this.#entry);
	}
	get isDeclared(): boolean {
		return this.#entry.declared !== undefined;
	}
	get maxEntries(): number {
		return this.#entry.declared?.entries ?? this.#entry.maxKeys;
	}
}

const declaredTypes: Readonly<
	Record<string, { readonly plain: BpfMapType; readonly perCpu: BpfMapType }>
> = {
	hash: { plain: "hash", perCpu: "percpu_hash" },
	lruhash: { plain: "lru_hash", perCpu: "lru_percpu_hash" },
	percpuhash: { plain: "percpu_hash", perCpu: "percpu_hash" },
	percpulruhash: { plain: "lru_percpu_hash", perCpu: "lru_percpu_hash" },
};

/** Names that a map declaration may use. */
export const mapTypeNames: readonly string[] = Object.keys(declaredTypes);

/** Aggregates count per CPU; a map without keys needs no hash. Plain scalars stay a hash, so that unset shows. */
function bpfTypeOf(entry: MapEntry): BpfMapType {
	const aggregate = entry.value.kind === "aggregate";
	const declared = entry.declared && declaredTypes[entry.declared.type];
	if (declared) return aggregate ? declared.perCpu : declared.plain;
	if (aggregate)
		return entry.isScalar === false ? "percpu_hash" : "percpu_array";
	return "hash";
}
