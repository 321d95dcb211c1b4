import { afterAll, describe, expect, test } from "vitest";
import { runProgram } from "../../runtime/bpf/program.ts";
import { possibleCpuCount } from "../../runtime/machine/cpus.ts";
import {
	type MapContents,
	type MapSpec,
	mapGeometry,
	readMap,
	takeMap,
} from "../../runtime/maps/read.ts";
import {
	clearMap,
	deleteKey,
	readKey,
	writeKey,
	zeroMap,
} from "../../runtime/maps/write.ts";
import { buildObject } from "./support/build.ts";
import { fdOf, kernel, load, must, u32 } from "./support/kernel.ts";

const { libc } = kernel;
const object = load(buildObject("maps"));
afterAll(() => object.close());

const keyed = { keySize: 12, valueSize: 12, maxEntries: 5000 };
const indexed = { keySize: 4, valueSize: 12, maxEntries: 100 };
const specs: readonly MapSpec[] = [
	{ symbol: "plain_hash", type: "hash", ...keyed },
	{ symbol: "percpu_hash", type: "percpu_hash", ...keyed },
	{ symbol: "lru_hash", type: "lru_hash", ...keyed },
	{ symbol: "lru_percpu_hash", type: "lru_percpu_hash", ...keyed },
	{ symbol: "array", type: "array", ...indexed },
	{ symbol: "percpu_array", type: "percpu_array", ...indexed },
];
const hashes = specs.filter((spec) => spec.keySize === 12);
const arrays = specs.filter((spec) => spec.keySize === 4);

function mapFd(spec: MapSpec): number {
	return fdOf(object.maps, spec.symbol);
}

function keyFor(spec: MapSpec, i: number): Uint8Array {
	return spec.keySize === 4 ? u32(i) : u32(i, i + 1, i + 2);
}

/** Cell c holds i, c and i + c. */
function valueFor(spec: MapSpec, i: number): Uint8Array {
	const { cpus, cpuStride, valueStride } = mapGeometry(spec);
	const value = new Uint8Array(valueStride);
	for (let cpu = 0; cpu < cpus; cpu++)
		value.set(u32(i, cpu, i + cpu), cpu * cpuStride);
	return value;
}

function fill(spec: MapSpec, count: number): void {
	for (let i = 0; i < count; i++)
		must(writeKey(libc, mapFd(spec), spec, keyFor(spec, i), valueFor(spec, i)));
}

/** Every element as [first number of the key, its value], in the order of the keys. */
function elements(contents: MapContents): [number, Uint8Array][] {
	const view = new DataView(contents.keys.buffer, contents.keys.byteOffset);
	const list: [number, Uint8Array][] = [];
	for (let i = 0; i < contents.count; i++) {
		const from = i * contents.valueStride;
		list.push([
			view.getUint32(i * contents.keySize, true),
			contents.values.slice(from, from + contents.valueStride),
		]);
	}
	return list.sort((a, b) => a[0] - b[0]);
}

describe.each(specs)("a map of type $type", (spec) => {
	const count = spec.keySize === 4 ? spec.maxEntries : 3000;

	test("is read whole, more than the first buffer holds", () => {
		fill(spec, count);
		const contents = must(readMap(libc, mapFd(spec), spec));
		expect(contents.count).toBe(count);
		const list = elements(contents);
		expect(list.map(([key]) => key)).toEqual(
			Array.from({ length: count }, (_, i) => i),
		);
		for (const [key, value] of list) expect(value).toEqual(valueFor(spec, key));
	});

	test("keeps its keys when zeroed", () => {
		fill(spec, count);
		must(zeroMap(libc, mapFd(spec), spec));
		const contents = must(readMap(libc, mapFd(spec), spec));
		expect(contents.count).toBe(count);
		expect(contents.values.every((byte) => byte === 0)).toBe(true);
	});

	test("gives single elements", () => {
		fill(spec, 10);
		expect(must(readKey(libc, mapFd(spec), spec, keyFor(spec, 7)))).toEqual(
			valueFor(spec, 7),
		);
		expect(
			must(readKey(libc, mapFd(spec), spec, keyFor(spec, 99_999))),
		).toBeUndefined();
	});
});

describe.each(hashes)("a map of type $type", (spec) => {
	test("is empty after clearing, and clearing it again is no error", () => {
		fill(spec, 3000);
		must(clearMap(libc, mapFd(spec), spec));
		expect(must(readMap(libc, mapFd(spec), spec)).count).toBe(0);
		must(clearMap(libc, mapFd(spec), spec));
		must(zeroMap(libc, mapFd(spec), spec));
	});

	test("loses a deleted key, and deleting it again is no error", () => {
		fill(spec, 5);
		must(deleteKey(libc, mapFd(spec), spec, keyFor(spec, 3)));
		must(deleteKey(libc, mapFd(spec), spec, keyFor(spec, 3)));
		const left = elements(must(readMap(libc, mapFd(spec), spec))).map(
			([key]) => key,
		);
		expect(left).toEqual([0, 1, 2, 4]);
	});

	test("can be taken: read and emptied at once", () => {
		fill(spec, 3000);
		expect(must(takeMap(libc, mapFd(spec), spec)).count).toBe(3000);
		expect(must(readMap(libc, mapFd(spec), spec)).count).toBe(0);
	});
});

describe.each(arrays)("a map of type $type", (spec) => {
	test("is zeroed when cleared", () => {
		fill(spec, 100);
		must(clearMap(libc, mapFd(spec), spec));
		const contents = must(readMap(libc, mapFd(spec), spec));
		expect(contents.count).toBe(100);
		expect(contents.values.every((byte) => byte === 0)).toBe(true);
	});
});

test("per-CPU values have a cell for each possible CPU, rounded up to eight bytes", () => {
	const geometry = mapGeometry({ type: "percpu_hash", valueSize: 12 });
	expect(geometry).toEqual({
		cpus: possibleCpuCount(),
		cpuStride: 16,
		valueStride: 16 * possibleCpuCount(),
	});
	expect(mapGeometry({ type: "hash", valueSize: 12 })).toEqual({
		cpus: 1,
		cpuStride: 12,
		valueStride: 12,
	});
});

test("a map without batch operations is read element by element", () => {
	const spec: MapSpec = {
		symbol: "stacks",
		type: "stack_trace",
		keySize: 4,
		valueSize: 127 * 8,
		maxEntries: 64,
	};
	runProgram(libc, fdOf(object.programs, "take_stack"), kernel.ffi.allocate(8));
	const contents = must(readMap(libc, mapFd(spec), spec));
	expect(contents.count).toBe(1);
	const view = new DataView(contents.values.buffer, contents.values.byteOffset);
	expect(view.getBigUint64(0, true)).toBeGreaterThan(0xffff_0000_0000_0000n);
});

test("a wrong file descriptor is a failure that names the map", () => {
	const [spec] = specs;
	expect(spec && readMap(libc, 1, spec)).toMatchObject({
		ok: false,
		failure: { code: "E0711", args: { map: "plain_hash" } },
	});
});
