// A map's raw contents → its elements: one per key of the script, with the cells of all CPUs, or with its buckets.
import type { MergedCells } from "../../src/builtins/host.ts";
import type { MapContents } from "./read.ts";
import type { ScriptMapPlan } from "./script-maps.ts";

export interface MapElement {
	/** Begins at the key. Scalars have no key; their view is empty. */
	readonly key: DataView;
	readonly cells: MergedCells;
}

/** Made as they are asked for: a million of them at once would take most of a GiB. */
export interface MapElements {
	readonly count: number;
	at(index: number): MapElement;
}

export function allOf({ count, at }: MapElements): readonly MapElement[] {
	return Array.from({ length: count }, (_, i) => at(i));
}

const noKey = new DataView(new ArrayBuffer(0));
const noBuckets: MergedCells["buckets"] = new Map();
const bucketBytes = 4;

/** Arrays have all their elements from the start: those that are all zero were never set, unless `keepZeros`. */
export function elementsOf(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): MapElements {
	if (!map.script.bucketed) return plainElements(map, contents, keepZeros);
	const elements = bucketedElements(map, contents, keepZeros);
	return listed(elements);
}

function listed(elements: readonly MapElement[]): MapElements {
	return {
		count: elements.length,
		at: (index) => elements[index] ?? nothing,
	};
}

const nothing: MapElement = {
	key: noKey,
	cells: { perCpu: [], buckets: noBuckets },
};

function plainElements(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): MapElements {
	const { scalar } = map.script;
	const at = (index: number): MapElement => ({
		key: scalar ? noKey : keyAt(contents, index),
		cells: { perCpu: cellsAt(contents, index), buckets: noBuckets },
	});
	const all = { count: contents.count, at };
	if (!isArray(map) || keepZeros) return all;
	return listed(allOf(all).filter(({ cells }) => !cells.perCpu.every(isZero)));
}

type Buckets = Map<number, { count: bigint; sum: bigint }>;

function bucketedElements(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): readonly MapElement[] {
	const { scalar } = map.script;
	const found = new Map<string, { key: DataView; buckets: Buckets }>();
	const bucketAt = contents.keySize - bucketBytes;
	for (let i = 0; i < contents.count; i++) {
		const cell = bucketCell(contents, i);
		if (cell.count === 0n && isArray(map) && !keepZeros) continue;
		const key = keyAt(contents, i);
		const prefix = scalar ? "" : latin1(key, bucketAt);
		let element = found.get(prefix);
		if (element === undefined) {
			element = { key: scalar ? noKey : key, buckets: new Map() };
			found.set(prefix, element);
		}
		if (cell.count > 0n)
			element.buckets.set(key.getUint32(bucketAt, true), cell);
	}
	return Array.from(found.values(), ({ key, buckets }) => ({
		key,
		cells: { perCpu: [], buckets },
	}));
}

/** `{ u64 count; s64 sum; }` over all CPUs. */
function bucketCell(
	contents: MapContents,
	index: number,
): { count: bigint; sum: bigint } {
	let count = 0n;
	let sum = 0n;
	for (const cell of cellsAt(contents, index)) {
		count += cell.getBigUint64(0, true);
		sum += cell.getBigInt64(8, true);
	}
	return { count, sum };
}

function cellsAt(contents: MapContents, index: number): readonly DataView[] {
	const { values, valueSize, valueStride, cpuStride, cpus } = contents;
	const start = values.byteOffset + index * valueStride;
	const cells: DataView[] = [];
	for (let cpu = 0; cpu < cpus; cpu++)
		cells.push(new DataView(values.buffer, start + cpu * cpuStride, valueSize));
	return cells;
}

function keyAt({ keys, keySize }: MapContents, index: number): DataView {
	return new DataView(keys.buffer, keys.byteOffset + index * keySize, keySize);
}

function isArray(map: ScriptMapPlan): boolean {
	return map.type === "array" || map.type === "percpu_array";
}

function isZero(cell: DataView): boolean {
	for (let i = 0; i < cell.byteLength; i++)
		if (cell.getUint8(i) !== 0) return false;
	return true;
}

function latin1(view: DataView, length: number): string {
	return Buffer.from(view.buffer, view.byteOffset, length).toString("latin1");
}
