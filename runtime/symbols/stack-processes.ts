// Stacks and symbols of processes that lie in maps are printed at the end, when the processes may be gone. So the maps
// are looked through now and then for pids, and what those processes have mapped is noted down while they live.

import type { MapPlan } from "../../src/plan.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import { monotonicMs } from "../machine/clock.ts";
import type { MapContents } from "../maps/read.ts";

export interface StackProcessesParts {
	readonly maps: readonly MapPlan[];
	read(map: MapPlan): MapContents | undefined;
	/** Where the pid stands in an opaque value of that name; undefined when it has none. */
	pidAt(opaque: string): number | undefined;
	prepare(pid: number): void;
}

const FIRST_MS = 100;
const USUAL_MS = 250;
/** Looking takes at most this share of the time. */
const SHARE = 1 / 50;

/** Looks at once after the start, then several times a second, more rarely when maps are large. Call `stop` at the end. */
export function watchStackProcesses(parts: StackProcessesParts): {
	stop(): void;
} {
	const places = parts.maps.flatMap((map) => placesOf(map, parts));
	let timer: NodeJS.Timeout | undefined;
	const look = () => {
		const begin = monotonicMs();
		for (const place of places) preparePids(place, parts);
		const spent = monotonicMs() - begin;
		plan(Math.max(USUAL_MS, spent / SHARE));
	};
	const plan = (delay: number) => {
		timer = setTimeout(look, delay).unref();
	};
	if (places.length > 0) plan(FIRST_MS);
	return { stop: () => clearTimeout(timer) };
}

interface PidPlaces {
	readonly map: MapPlan;
	/** Bytes from the start of a key, and of one CPU's value. */
	readonly inKey: readonly number[];
	readonly inValue: readonly number[];
}

function placesOf(map: MapPlan, parts: StackProcessesParts): PidPlaces[] {
	const { script } = map;
	if (script === undefined) return [];
	const inKey = script.key ? pidOffsets(script.key, parts) : [];
	const inValue =
		script.value.kind === "plain" ? pidOffsets(script.value.layout, parts) : [];
	return inKey.length + inValue.length > 0 ? [{ map, inKey, inValue }] : [];
}

/** Bytes from the start of a value to each pid in it. */
export function pidOffsets(
	layout: ValueLayout,
	parts: Pick<StackProcessesParts, "pidAt">,
): readonly number[] {
	const inside = (at: number, inner: ValueLayout) =>
		pidOffsets(inner, parts).map((offset) => at + offset);
	switch (layout.kind) {
		case "opaque": {
			const at = parts.pidAt(layout.name);
			return at === undefined ? [] : [at];
		}
		case "tuple":
			return layout.elements.flatMap((e) => inside(e.offset, e.layout));
		case "record":
			return layout.fields.flatMap((f) => inside(f.offset, f.layout));
		case "array":
			return Array.from({ length: layout.count }, (_, i) => i).flatMap((i) =>
				inside(i * layout.stride, layout.of),
			);
		case "int":
		case "bool":
		case "string":
		case "buffer":
		case "pointer":
		case "enum":
			return [];
	}
}

function preparePids(
	{ map, inKey, inValue }: PidPlaces,
	parts: StackProcessesParts,
): void {
	const contents = parts.read(map);
	if (contents === undefined) return;
	const { count, keys, keySize, values, cpus, cpuStride } = contents;
	const pids = new Set<number>();
	for (let i = 0; i < count; i++) {
		for (const at of inKey) pids.add(readU32(keys, i * keySize + at));
	}
	for (let cell = 0; cell < count * cpus; cell++)
		for (const at of inValue) pids.add(readU32(values, cell * cpuStride + at));
	for (const pid of pids) if (pid > 0) parts.prepare(pid);
}

function readU32(bytes: Uint8Array, at: number): number {
	return new DataView(bytes.buffer, bytes.byteOffset).getUint32(at, true);
}
