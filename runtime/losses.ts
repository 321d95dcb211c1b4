// Reads the counters of what programs could not deliver, and why.
import type { CounterPlan, Plan } from "../src/plan.ts";
import type { Libc } from "./libc.ts";
import type { LoadedObject } from "./load.ts";
import { readMap } from "./map-read.ts";

export interface Loss extends CounterPlan {
	readonly count: bigint;
}

/** Counters above zero. */
export function readLosses(
	libc: Libc,
	plan: Plan,
	object: LoadedObject,
): readonly Loss[] {
	const map = plan.maps.find((m) => m.role === "counters");
	const fd = map && object.maps.get(map.symbol);
	if (!map?.counters || fd === undefined) return [];
	const contents = readMap(libc, fd, map);
	if (!contents.ok) return [];
	const { values, valueStride, cpuStride, cpus } = contents.value;
	const view = new DataView(
		values.buffer,
		values.byteOffset,
		values.byteLength,
	);
	return map.counters.flatMap((counter, i) => {
		let count = 0n;
		for (let cpu = 0; cpu < cpus; cpu++)
			count += view.getBigUint64(i * valueStride + cpu * cpuStride, true);
		return count > 0n ? [{ ...counter, count }] : [];
	});
}
