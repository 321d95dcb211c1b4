// A map's raw contents → its elements: one per key of the script, with the cells of all CPUs, or with its buckets.
import type { MergedCells } from "../src/builtins/host.ts";
import type { MapContents } from "./map-read.ts";
import type { ScriptMapPlan } from "./script-maps.ts";

export interface MapElement {
	/** Begins at the key. Scalars have no key; their view is empty. */
	readonly key: DataView;
	readonly cells: MergedCells;
}

const bucketBytes = 4;
const noKey = new DataView(new ArrayBuffer(0));

/** Arrays have all their elements from the start: those that are all zero were never set, unless `keepZeros`. */
export function elementsOf(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): readonly MapElement[] {
	return map.script.bucketed
		? bucketedElements(map, contents, keepZeros)
		: plainElements(map, contents, keepZeros);
}

function plainElements(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): readonly MapElement[] {
	const sparse = isArray(map) && !keepZeros;
	const elements: MapElement[] = [];
	for (let i = 0; i < contents.count; i++) {
		const perCpu = cellsAt(contents, i);
		if (sparse && perCpu.every(isZero)) continue;
		const key = map.script.scalar ? noKey : keyAt(contents, i);
		elements.push({ key, cells: { perCpu, buckets: new Map() } });
	}
	return elements;
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
	return Array.from(
		{ length: cpus },
		(_, cpu) => new DataView(values.buffer, start + cpu * cpuStride, valueSize),
	);
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
