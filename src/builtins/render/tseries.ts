// tseries(): a ring of `params.intervals` slots per CPU, `{ s64 or u64 value; u64 meta; u64 epoch; }` each. The epoch is
// the interval's number since the beginning of the clock, 0 in a slot that was never used; `meta` is what merging takes:
// how many values there were (avg), or when the last one came (last).
import type { AggregateDefinition } from "../definition.ts";
import type { MergedCells, RenderedAggregate } from "../host.ts";
import { greatest, readWord } from "./integers.ts";
import { type Point, seriesJson, seriesText } from "./series-graph.ts";

export const slotBytes = 24;

export const howNames = ["last", "avg", "sum", "min", "max"] as const;
export type How = (typeof howNames)[number];

interface Slot {
	readonly value: bigint;
	readonly meta: bigint;
}

/** Only a clock that the script sets stands there (see `wallClock`); as bpftrace's, the series then begins with 0. */
const firstEpoch: Slot = { value: 0n, meta: 1n };

/** All keys of a map share one range of time, which ends with the last interval of any of them. */
export const renderAllTseries: NonNullable<AggregateDefinition["renderAll"]> = (
	all,
	params,
	signed,
) => {
	const how = howOf(params.how);
	const intervals = BigInt(params.intervals as number);
	const length = BigInt(params.interval as number);
	const series = all.map((cells) => epochsOf(cells, how, signed));
	const last = greatest(series.flatMap((epochs) => [...epochs.keys()]));
	return series.map((epochs) =>
		renderSeries(pointsOf(epochs, how, last, intervals, length), signed),
	);
};

export const renderTseries: AggregateDefinition["render"] = (
	cells,
	params,
	signed,
) => {
	const [rendered] = renderAllTseries([cells], params, signed);
	return rendered ?? renderSeries([], signed);
};

function renderSeries(
	points: readonly Point[],
	signed: boolean,
): RenderedAggregate {
	return {
		// Series are sorted by their keys.
		order: 0n,
		text: () => seriesText(points, signed),
		multiline: true,
		json: () => seriesJson(points),
		jsonType: "tseries",
	};
}

function howOf(name: unknown): How {
	return howNames.find((how) => how === name) ?? "last";
}

/** Epoch → what all CPUs saw in it. A slot that was used again holds its latest epoch only. */
function epochsOf(
	{ perCpu }: MergedCells,
	how: How,
	signed: boolean,
): ReadonlyMap<bigint, Slot> {
	const epochs = new Map<bigint, Slot>();
	for (const cell of perCpu) {
		for (let at = 0; at + slotBytes <= cell.byteLength; at += slotBytes) {
			const epoch = cell.getBigUint64(at + 16, true);
			const slot = {
				value: readWord(cell, at, signed),
				meta: cell.getBigUint64(at + 8, true),
			};
			if (epoch === 0n) {
				if (slot.value !== 0n || slot.meta !== 0n) epochs.set(0n, firstEpoch);
				continue;
			}
			const known = epochs.get(epoch);
			epochs.set(epoch, known ? merge(known, slot, how) : slot);
		}
	}
	return epochs;
}

function merge(a: Slot, b: Slot, how: How): Slot {
	switch (how) {
		case "last":
			return b.meta > a.meta ? b : a;
		case "avg":
		case "sum":
			return { value: a.value + b.value, meta: a.meta + b.meta };
		case "min":
			return b.value < a.value ? b : a;
		case "max":
			return b.value > a.value ? b : a;
	}
}

/** From the first interval in range that has a value to the last of the range. */
function pointsOf(
	epochs: ReadonlyMap<bigint, Slot>,
	how: How,
	last: bigint,
	intervals: bigint,
	length: bigint,
): readonly Point[] {
	if (last === 0n) return [];
	const start = last - intervals + 1n;
	let first = last;
	for (const epoch of epochs.keys())
		if (epoch >= start && epoch < first) first = epoch;
	const points: Point[] = [];
	for (let epoch = first; epoch <= last; epoch++) {
		const slot = epochs.get(epoch);
		points.push({
			nanoseconds: epoch * length,
			value: slot && (how === "avg" ? slot.value / slot.meta : slot.value),
		});
	}
	return points;
}
