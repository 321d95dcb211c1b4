// Reads the counters of what programs could not deliver, and why.
import type { CounterPlan, Plan } from "../../src/plan.ts";
import type { LoadedObject } from "../bpf/load.ts";
import type { Libc } from "../ffi/libc.ts";
import { readMap } from "../maps/read.ts";

export interface Loss extends Omit<CounterPlan, "reason"> {
	readonly reason: Exclude<CounterPlan["reason"], "return-code">;
	readonly count: bigint;
	/** What the helper that failed returned last: a negative errno. */
	readonly code?: number;
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
	const cells = (i: number): readonly bigint[] =>
		Array.from({ length: cpus }, (_, cpu) =>
			view.getBigInt64(i * valueStride + cpu * cpuStride, true),
		);
	return map.counters.flatMap(({ reason, ...where }, i) => {
		if (reason === "return-code") return [];
		const count = cells(i).reduce((sum, cell) => sum + cell, 0n);
		if (count === 0n) return [];
		const loss = { reason, ...where, count };
		if (where.helper === undefined) return [loss];
		const code = Number(cells(i + 1).find((cell) => cell !== 0n) ?? 0n);
		return [{ ...loss, code }];
	});
}
