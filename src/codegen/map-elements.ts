// Deleting a map's elements and asking for them. Under one key, bucketed maps keep an element per bucket.
import type { IrExpr, TypedMap } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import { sameType, type Type } from "../types/types.ts";
import { narrowed } from "./c-types.ts";
import { bare } from "./expressions/scalars.ts";
import type { FunctionWriter } from "./function-writer.ts";
import {
	deleteInPlace,
	hasPlace,
	isTaken,
	keepsPlaces,
} from "./kept-places.ts";
import { emitMapKey } from "./map-keys.ts";
import { aggregateOf, lookUp } from "./map-reads.ts";
import { copyMemory } from "./memory-text.ts";

export function emitDelete(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
	used: boolean,
): string {
	if (keepsPlaces(w, map)) return deleteInPlace(w, map, key, used);
	const buckets = bucketsOf(map);
	w.known.forgetReads(map.symbol);
	if (map.bpfType.endsWith("array"))
		return emptyArray(w, map, key, buckets ?? 1);
	if (buckets === undefined) {
		const call = `bpf_map_delete_elem(&${map.symbol}, ${emitMapKey(w, map, key)})`;
		if (used) return w.local("u64", `!${call}`, "deleted");
		w.line(`${call};`);
		return "1";
	}
	return anyBucket(
		w,
		map,
		key,
		buckets,
		(text) => `!bpf_map_delete_elem(&${map.symbol}, ${text})`,
	);
}

export function emitHasKey(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
): string {
	if (keepsPlaces(w, map)) return w.local("u64", hasPlace(w, map, key), "held");
	const buckets = bucketsOf(map);
	const lookUp = (text: string) =>
		`is_found(bpf_map_lookup_elem(&${map.symbol}, ${text}))`;
	if (buckets === undefined)
		return w.local("u64", lookUp(emitMapKey(w, map, key)), "held");
	return anyBucket(w, map, key, buckets, lookUp);
}

/** The variable keeps its value where there is no such key. */
export function emitFind(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
	target: IrExpr,
): string {
	const variable = target.kind === "address-of" ? target.operand : target;
	if (variable.kind !== "variable")
		throw new Error("E0926: only variables can be set");
	const { slot, span } = variable;
	const text = w.variable(slot);
	const plain = map.value.kind !== "aggregate";
	if (plain && isScalar(map.value)) {
		const { cell } = lookUp(w, map, key);
		const there = keepsPlaces(w, map)
			? w.local("u64", isTaken(cell), "held")
			: `${cell} != NULL`;
		const value = narrowed(`*${cell}`, slot.type);
		w.block(`if (${there})`, () => w.line(`${text} = ${bare(value)};`));
		return `((u64)(${there}))`;
	}
	if (plain && sameType(map.value, slot.type)) {
		const { cell } = lookUp(w, map, key);
		w.block(`if (${cell})`, () => copyMemory(w, text, cell, sizeOf(slot.type)));
		return `((u64)(${cell} != NULL))`;
	}
	const type = plain ? map.value : readTypeOf(map);
	const read: IrExpr = { kind: "map-read", target: map, key, type, span };
	const value: IrExpr = {
		kind: "convert",
		operand: read,
		type: slot.type,
		span,
	};
	const held = emitHasKey(w, map, key);
	w.block(`if (${held})`, () => {
		if (isScalar(slot.type)) w.line(`${text} = ${bare(w.scalar(value))};`);
		else w.into(value, text);
	});
	return held;
}

function readTypeOf(map: TypedMap): Type {
	const { value } = map;
	const read = value.kind === "aggregate" ? aggregateOf(value).read : undefined;
	if (value.kind !== "aggregate" || !read)
		throw new Error(`E0926: @${map.name} can't be read`);
	return read.type(value);
}

function bucketsOf(map: TypedMap): number | undefined {
	if (map.value.kind !== "aggregate") return undefined;
	const cells = aggregateOf(map.value).cells(map.value);
	return "buckets" in cells ? cells.buckets : undefined;
}

/** 1 where `test` holds for any bucket; all are tried. */
function anyBucket(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
	buckets: number,
	test: (keyText: string) => string,
): string {
	const any = w.local("u64", "0", "any");
	const keyText = emitMapKey(w, map, key, "0");
	const bucket = keyText.startsWith("&")
		? `${keyText.slice(1)}.bucket`
		: `${keyText}->bucket`;
	const head = `for (u32 b = 0; b < ${buckets}; b++)`;
	w.within(w.region({ head, barrier: true }), () => {
		w.line(`${bucket} = b;`);
		w.line(`${any} |= ${test(keyText)};`);
	});
	return any;
}

/** Elements of arrays can't be deleted; user space sets all CPUs' cells to nothing. */
function emptyArray(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
	buckets: number,
): string {
	if (key === undefined || buckets > 1) {
		w.event("clear", { map: map.name }, [], map.span);
		return "1ULL";
	}
	return w.local(
		"u64",
		`!bpf_map_delete_elem(&${map.symbol}, ${emitMapKey(w, map, key)})`,
		"deleted",
	);
}

export function emitCount(w: FunctionWriter, map: TypedMap): string {
	w.include("maps");
	const count = w.local("s64 *", `(void *)${w.scratch(8)}`, "count");
	w.line(`*${count} = 0;`);
	w.line(`bpf_for_each_map_elem(&${map.symbol}, count_element, &${count}, 0);`);
	return `(*${count})`;
}
