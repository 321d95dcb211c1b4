// Any script that type-checks is accepted by the verifier, and computes what it means. KASK_FUZZ_SEED and
// KASK_FUZZ_COUNT say where the made-up scripts begin and how many there are.
import { describe, expect, test } from "vitest";
import type { MapContents } from "../../runtime/maps/read.ts";
import { Arithmetic, asInt64 } from "./arithmetic.ts";
import { ScriptMaker } from "./programs.ts";
import { randomFrom } from "./random.ts";
import { load, runBegin } from "./run-script.ts";

const first = Number(process.env.KASK_FUZZ_SEED ?? 1);
const count = Number(process.env.KASK_FUZZ_COUNT ?? 40);
const seeds = Array.from({ length: count }, (_, i) => first + i);

describe("scripts are accepted", () => {
	test.each(seeds)("seed %i", (seed) => {
		const script = new ScriptMaker(randomFrom(seed)).script();
		try {
			load(script);
		} catch (error) {
			throw new Error(`${script}\n${error}`);
		}
	});
});

/** More in one program would not fit the registers and the stack. */
const expressions = 15;

describe("numbers come out as meant", () => {
	test.each(seeds.slice(0, Math.ceil(count / 8)))("seed %i", (seed) => {
		const arithmetic = new Arithmetic(randomFrom(seed));
		const meant = Array.from({ length: expressions }, () =>
			arithmetic.expression(3),
		);
		const lines = meant.map((m, i) => `@r[${i}] = (int64)(${m.text});`);
		const script = `begin {\n${arithmetic.opening}\n${lines.join("\n")}\n}`;
		const found = numbersOf(runBegin(script).get("r"));
		const told = meant.map((m, i) => `${m.text} = ${found.get(i)}`);
		expect(told).toEqual(meant.map((m) => `${m.text} = ${asInt64(m)}`));
	});
});

/** Eight-byte values under one-byte keys. */
function numbersOf(map: MapContents | undefined): ReadonlyMap<number, bigint> {
	const found = new Map<number, bigint>();
	if (!map) return found;
	const { keys, values, count: elements, keySize, valueStride } = map;
	const view = new DataView(values.buffer, values.byteOffset);
	for (let i = 0; i < elements; i++)
		found.set(keys[i * keySize] ?? -1, view.getBigInt64(i * valueStride, true));
	return found;
}
