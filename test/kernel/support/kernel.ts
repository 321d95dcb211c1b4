// What the kernel tests share: one open kernel per test file, and shortcuts that fail the test with the reason.

import {
	type LoadedObject,
	type LoadOptions,
	openObject,
} from "../../../runtime/bpf/load.ts";
import { type Kernel, openKernel } from "../../../runtime/ffi/kernel.ts";
import { koffiFfi } from "../../../runtime/ffi/koffi.ts";
import { type MapSpec, mapGeometry } from "../../../runtime/maps/read.ts";
import { readKey, writeKey } from "../../../runtime/maps/write.ts";
import type { Result } from "../../../runtime/result.ts";
import type {
	AttachRequest,
	AttachTarget,
	Plan,
	ProgramPlan,
} from "../../../src/plan.ts";

export function must<T>(result: Result<T>): T {
	if (result.ok) return result.value;
	throw new Error(JSON.stringify(result.failure));
}

export const kernel: Kernel = must(openKernel(koffiFfi));

export function load(bytes: Uint8Array, options?: LoadOptions): LoadedObject {
	return must(openObject(kernel, bytes, options));
}

export function fdOf(table: ReadonlyMap<string, number>, name: string): number {
	const fd = table.get(name);
	if (fd === undefined) throw new Error(`the object has no ${name}`);
	return fd;
}

const place = { file: "test.bt", line: 1, column: 1 };

/** A plan's part for one program attached to these places, the cookies being 1, 2, 3 … */
export function planFor(
	symbol: string,
	section: string,
	targets: readonly AttachTarget[],
): Pick<Plan, "programs" | "attach"> {
	const program: ProgramPlan = { symbol, section, probe: symbol, place };
	const attach = targets.map(
		(target, i): AttachRequest => ({
			program: 0,
			target,
			probe: symbol,
			cookie: i + 1,
			place,
		}),
	);
	return { programs: [program], attach };
}

/** Sum of an element's u64 cells over all CPUs. */
export function readCell(mapFd: number, spec: MapSpec, index: number): number {
	const value = must(readKey(kernel.libc, mapFd, spec, u32(index)));
	if (!value) return 0;
	const view = new DataView(value.buffer, value.byteOffset, value.byteLength);
	const { cpus, cpuStride } = mapGeometry(spec);
	let sum = 0;
	for (let cpu = 0; cpu < cpus; cpu++)
		sum += Number(view.getBigUint64(cpu * cpuStride, true));
	return sum;
}

export function setU32(
	mapFd: number,
	spec: MapSpec,
	index: number,
	value: number,
): void {
	must(writeKey(kernel.libc, mapFd, spec, u32(index), u32(value)));
}

/** The numbers as little-endian bytes. */
export function u32(...values: readonly number[]): Uint8Array {
	return new Uint8Array(new Uint32Array(values).buffer);
}
