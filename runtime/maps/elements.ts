// A map's raw contents → its elements: one per key of the script, with the cells of all CPUs, or with its buckets.
import type { MergedCells } from "../../src/builtins/host.ts";
import type { MapContents } from "./read.ts";
import type { ScriptMapPlan } from "./script-maps.ts";

/** Read where they lie as they are asked for: a million objects at once would take most of a GiB. */
export interface MapElements {
	readonly count: number;
	/** The bytes of all keys; scalars have none. */
	readonly keys: DataView;
	/** Where an element's key begins in `keys`. */
	keyAt(index: number): number;
	cells(index: number): MergedCells;
	/** Where all CPUs share an element's one cell. */
	readonly shared: SharedCells | undefined;
}

export interface SharedCells {
	readonly values: DataView;
	/** Where an element's cell begins in `values`. */
	at(index: number): number;
}

export function allCells({ count, cells }: MapElements): MergedCells[] {
	return Array.from({ length: count }, (_, i) => cells(i));
}

const noBuckets: MergedCells["buckets"] = new Map();
const noCells: MergedCells = { perCpu: [], buckets: noBuckets };
const bucketBytes = 4;
/** Of maps whose deleted elements stay (kept-places.bpf.h): where it stands behind the value, and what says "there". */
const STATE_AT = 8;
const TAKEN = 1;

/** Arrays have all their elements from the start: those that are all zero were never set, unless `keepZeros`. */
export function elementsOf(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): MapElements {
	return map.script.bucketed
		? bucketedElements(map, contents, keepZeros)
		: plainElements(map, contents, keepZeros);
}

function plainElements(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): MapElements {
	const { count, keySize } = contents;
	const keys = viewOf(contents.keys);
	const cells = (index: number): MergedCells => ({
		perCpu: cellsAt(contents, index),
		buckets: noBuckets,
	});
	const isSet = setTest(map, contents, keepZeros);
	if (isSet === undefined)
		return {
			count,
			keys,
			keyAt: (index) => index * keySize,
			cells,
			shared: sharedCells(contents),
		};
	const set = Array.from({ length: count }, (_, i) => i).filter(isSet);
	return {
		count: set.length,
		keys,
		keyAt: (index) => (set[index] ?? 0) * keySize,
		cells: (index) => cells(set[index] ?? 0),
		shared: undefined,
	};
}

/** Whether an element counts; undefined where all do. */
function setTest(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): ((index: number) => boolean) | undefined {
	if (map.script.keepsPlaces) {
		const { values, valueStride } = contents;
		const view = viewOf(values);
		return (i) => view.getUint32(i * valueStride + STATE_AT, true) === TAKEN;
	}
	if (!isArray(map) || keepZeros) return undefined;
	return (i) => !cellsAt(contents, i).every(isZero);
}

function sharedCells({
	values,
	valueStride,
	cpus,
}: MapContents): SharedCells | undefined {
	if (cpus !== 1) return undefined;
	return { values: viewOf(values), at: (index) => index * valueStride };
}

type Buckets = Map<number, { count: bigint; sum: bigint }>;

function bucketedElements(
	map: ScriptMapPlan,
	contents: MapContents,
	keepZeros: boolean,
): MapElements {
	const { scalar } = map.script;
	const found = new Map<string, { keyAt: number; buckets: Buckets }>();
	const keys = viewOf(contents.keys);
	const prefixBytes = contents.keySize - bucketBytes;
	for (let i = 0; i < contents.count; i++) {
		const cell = bucketCell(contents, i);
		if (cell.count === 0n && isArray(map) && !keepZeros) continue;
		const keyAt = i * contents.keySize;
		const prefix = scalar ? "" : latin1(keys, keyAt, prefixBytes);
		let element = found.get(prefix);
		if (element === undefined) {
			element = { keyAt, buckets: new Map() };
			found.set(prefix, element);
		}
		if (cell.count > 0n)
			element.buckets.set(keys.getUint32(keyAt + prefixBytes, true), cell);
	}
	const elements = [...found.values()].map(({ keyAt, buckets }) => ({
		keyAt,
		cells: { perCpu: [], buckets },
	}));
	return {
		count: elements.length,
		keys,
		keyAt: (index) => elements[index]?.keyAt ?? 0,
		cells: (index) => elements[index]?.cells ?? noCells,
		shared: undefined,
	};
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

function viewOf(bytes: Uint8Array): DataView {
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function isArray(map: ScriptMapPlan): boolean {
	return map.type === "array" || map.type === "percpu_array";
}

function isZero(cell: DataView): boolean {
	for (let i = 0; i < cell.byteLength; i++)
		if (cell.getUint8(i) !== 0) return false;
	return true;
}

function latin1(view: DataView, at: number, length: number): string {
	const start = view.byteOffset + at;
	return Buffer.from(view.buffer, start, length).toString("latin1");
}
