// Tells the programs what only the run time knows: see src/base/run-facts.ts. Done before any program runs.
import { type RunFact, runFacts } from "../src/base/run-facts.ts";
import type { Plan } from "../src/plan.ts";
import { updateElement } from "./bpf-map.ts";
import { bootClock, taiOffset } from "./clock.ts";
import { possibleCpuCount } from "./cpus.ts";
import type { Libc } from "./libc.ts";
import { describeErrno, fail, type Result, succeed } from "./result.ts";

/** Nothing is measured for scripts that do not ask. */
export function writeRunFacts(
	libc: Libc,
	plan: Plan,
	maps: ReadonlyMap<string, number>,
	childPid: number,
): Result<undefined> {
	const map = plan.maps.find(({ role }) => role === "facts");
	const fd = map && maps.get(map.symbol);
	if (map === undefined || fd === undefined) return succeed(undefined);
	const facts: Readonly<Record<RunFact, bigint>> = {
		began: bootClock(libc),
		childPid: BigInt(childPid),
		cpus: BigInt(possibleCpuCount()),
		taiOffset: taiOffset(libc),
	};
	const key = libc.ffi.allocate(4);
	const value = libc.ffi.allocate(8);
	for (const [name, cell] of Object.entries(runFacts)) {
		key.view.setUint32(0, cell, true);
		value.view.setBigInt64(0, facts[name as RunFact], true);
		const status = updateElement(libc, fd, key, value);
		if (status < 0) {
			const why = describeErrno(-status);
			return fail("E0705", { map: map.symbol, why });
		}
	}
	return succeed(undefined);
}
