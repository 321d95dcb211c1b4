// Tells the programs what only the run time knows: see src/base/run-facts.ts. Done before any program runs.
import {
	endedUnheard,
	type RunFact,
	runFacts,
} from "../../src/base/run-facts.ts";
import type { Plan } from "../../src/plan.ts";
import { lookupElement, updateElement } from "../bpf/map.ts";
import type { Libc } from "../ffi/libc.ts";
import { bootClock, taiOffset } from "../machine/clock.ts";
import { possibleCpuCount } from "../machine/cpus.ts";
import { describeErrno, fail, type Result, succeed } from "../result.ts";

/** The map of the facts, where the script asks for any. */
function cells(
	plan: Plan,
	maps: ReadonlyMap<string, number>,
): number | undefined {
	const map = plan.maps.find(({ role }) => role === "facts");
	return map && maps.get(map.symbol);
}

/** The code of an exit() whose event was lost because the ring buffer was full. */
export function unheardExit(
	libc: Libc,
	plan: Plan,
	maps: ReadonlyMap<string, number>,
): number | undefined {
	const fd = cells(plan, maps);
	if (fd === undefined) return undefined;
	const key = libc.ffi.allocate(4);
	const value = libc.ffi.allocate(8);
	key.view.setUint32(0, runFacts.ended, true);
	if (lookupElement(libc, fd, key, value) < 0) return undefined;
	const ended = Number(value.view.getBigUint64(0, true));
	return ended >= endedUnheard ? ended - endedUnheard : undefined;
}

/** An exit() is told once; that of an `end` probe comes after another, and is to be heard for its code. */
export function forgetExit(
	libc: Libc,
	plan: Plan,
	maps: ReadonlyMap<string, number>,
): void {
	const fd = cells(plan, maps);
	if (fd === undefined) return;
	const key = libc.ffi.allocate(4);
	key.view.setUint32(0, runFacts.ended, true);
	updateElement(libc, fd, key, libc.ffi.allocate(8));
}

/** Nothing is measured for scripts that do not ask. */
export function writeRunFacts(
	libc: Libc,
	plan: Plan,
	maps: ReadonlyMap<string, number>,
	childPid: number,
): Result<undefined> {
	const fd = cells(plan, maps);
	if (fd === undefined) return succeed(undefined);
	const facts: Readonly<Record<RunFact, bigint>> = {
		began: bootClock(libc),
		childPid: BigInt(childPid),
		cpus: BigInt(possibleCpuCount()),
		taiOffset: taiOffset(libc),
		ended: 0n,
	};
	const key = libc.ffi.allocate(4);
	const value = libc.ffi.allocate(8);
	for (const [name, cell] of Object.entries(runFacts)) {
		key.view.setUint32(0, cell, true);
		value.view.setBigInt64(0, facts[name as RunFact], true);
		const status = updateElement(libc, fd, key, value);
		if (status < 0) {
			const why = describeErrno(-status);
			return fail("E0705", { map: "facts", why });
		}
	}
	return succeed(undefined);
}
