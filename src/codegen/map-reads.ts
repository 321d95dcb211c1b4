// Reading maps inside the kernel. A missing key reads as zero.

import type { AggregateDefinition } from "../builtins/definition.ts";
import { builtinNamed } from "../builtins/index.ts";
import type { IrExpr, IrMapRead, TypedMap } from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import type { AggregateType } from "../types/types.ts";
import { storedType, wideType } from "./c-types.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { emitCallback } from "./loops.ts";
import { emitMapKey } from "./map-keys.ts";
import { copyMemory, zeroMemory } from "./memory-text.ts";

/** Looks a key up; `cell` is a typed pointer to the value, NULL where there is none. */
export function lookUp(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
): { readonly cell: string; readonly keyText: string } {
	const keyText = emitMapKey(w, map, key);
	return { cell: lookUpAt(w, map, keyText), keyText };
}

/** As `lookUp`, by the key's address. */
export function lookUpAt(
	w: FunctionWriter,
	map: TypedMap,
	keyText: string,
): string {
	const stored = isScalar(map.value) ? storedType(map.value) : "char";
	const call = `bpf_map_lookup_elem(&${map.symbol}, ${keyText})`;
	return w.local(`${stored} *`, call, "cell");
}

export function emitMapRead(w: FunctionWriter, e: IrMapRead): string {
	const { target: map } = e;
	if (map.value.kind === "aggregate") return readAggregate(w, e, map.value);
	const keyText = emitMapKey(w, map, e.key);
	const known = w.known.read(map.symbol, keyText);
	if (known !== undefined) return known.value;
	const cell = lookUpAt(w, map, keyText);
	w.missed(cell, map);
	const name = map.name === "" ? "value" : map.name;
	const value = w.local(wideType(e.type), `${cell} ? *${cell} : 0`, name);
	if (w.current === w.root)
		w.known.rememberRead(map.symbol, keyText, { value, cell });
	return value;
}

/** The clock, unless a scalar map of numbers stands for it: tests set the time so. */
export function emitWallClock(w: FunctionWriter, clock: string): string {
	const name = w.script.script.clockMap;
	const map = w.script.script.maps.find((m) => m.name === name);
	if (!map?.scalar || map.value.kind !== "int") return clock;
	const { cell } = lookUp(w, map, undefined);
	return `(${cell} ? *${cell} : 0)`;
}

export function readMapInto(
	w: FunctionWriter,
	e: IrMapRead,
	dest: string,
): void {
	const { cell } = lookUp(w, e.target, e.key);
	w.missed(cell, e.target);
	const size = sizeOf(e.type);
	const found = w.region({ head: `if (${cell})` });
	w.within(found, () => copyMemory(w, dest, cell, size));
	found.otherwise = w.aside(() => zeroMemory(w, dest, size)).region;
}

/** More CPUs than any machine has that this will run on; the look-up says when there are no more. */
const MOST_CPUS = 1024;

function readAggregate(
	w: FunctionWriter,
	e: IrMapRead,
	type: AggregateType,
): string {
	const keyText = emitMapKey(w, e.target, e.key);
	return mergeCpus(w, type, `&${e.target.symbol}`, keyText);
}

/** The number an aggregate reads as, over all CPUs. */
export function mergeCpus(
	w: FunctionWriter,
	type: AggregateType,
	map: string,
	key: string,
): string {
	const definition = aggregateOf(type);
	const cells = definition.cells(type);
	if (!definition.read || !("size" in cells))
		throw new Error(`E0926: ${type.name}() can't be read`);
	const { read } = definition;
	// In scratch memory, so that the verifier need not follow what is added up.
	const total = w.scratch(cells.size);
	zeroMemory(w, total, cells.size);
	emitCallback(w, {
		parameters: "u32 loop_index, void *context",
		write: (inner) => {
			const sum = inner.capture("total", "char *", total);
			const at = inner.capture("key", "const void *", key);
			const look = `bpf_map_lookup_percpu_elem(${map}, ${at}, loop_index)`;
			const cell = inner.local("char *", look, "cell");
			inner.line(`if (!${cell})`);
			inner.line("\treturn 1;");
			read.emitMerge(inner, type, sum, cell);
		},
		call: (name, context) => [
			`bpf_loop(${MOST_CPUS}, ${name}, ${context}, 0);`,
		],
	});
	return read.emitResult(w, type, total);
}

export function aggregateOf(type: AggregateType): AggregateDefinition {
	const definition = builtinNamed(type.name)?.aggregate;
	if (!definition) throw new Error(`E0926: ${type.name}() is no aggregation`);
	return definition;
}
