// Whole maps as they come from the kernel → what print, clear, zero and the report at exit put out.
import { describe, expect, test } from "vitest";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import { bytes, int, string, text } from "./fixtures.ts";
import {
	aggregate,
	number,
	output,
	plain,
	printAll,
	type Run,
} from "./map-run.ts";

describe("scalars", () => {
	const set: Run = {
		script: { value: plain(int(8)) },
		elements: [[bytes([8, 0]), bytes([8, 5])]],
	};
	const unset: Run = { script: { value: plain(int(8)) }, elements: [] };
	test("text", () => {
		expect(output(set, printAll)).toBe("@x: 5\n");
	});
	test("JSON", () => {
		expect(output(set, printAll, "json")).toBe(
			'{"type": "map", "data": {"@x": 5}}\n',
		);
	});
	test("what was never set is left out at exit", () => {
		expect(output(unset, printAll)).toBe("");
		expect(output(unset, printAll, "json")).toBe("");
	});
	test("what was never set prints as zero", () => {
		expect(output(unset, (maps) => maps.print("x", 0, 0))).toBe("@x: 0\n");
	});
	test("print divides", () => {
		expect(output(set, (maps) => maps.print("x", 0, 2))).toBe("@x: 2\n");
	});
	test("strings", () => {
		const run: Run = {
			script: { value: plain(string(8)) },
			elements: [[bytes([8, 0]), bytes(text("a b", 8))]],
		};
		expect(output(run, printAll)).toBe("@x: a b\n");
	});
});

describe("scalar aggregates live in arrays", () => {
	const counted: Run = {
		script: { value: aggregate("count") },
		type: "percpu_array",
		elements: [[bytes([4, 0]), bytes([8, 2]), bytes([8, 3])]],
	};
	const zero: Run = {
		...counted,
		elements: [[bytes([4, 0]), bytes([8, 0]), bytes([8, 0])]],
	};
	test("CPUs are added up", () => {
		expect(output(counted, printAll)).toBe("@x: 5\n");
	});
	test("zeros mean never counted", () => {
		expect(output(zero, printAll)).toBe("");
		expect(output(zero, (maps) => maps.print("x", 0, 0))).toBe("@x: 0\n");
	});
	test("after zero() they mean zero, after clear() nothing again", () => {
		const zeroed = output(zero, (maps) => {
			maps.zero("x");
			maps.printAll();
		});
		expect(zeroed).toBe("@x: 0\n");
		const cleared = output(zero, (maps) => {
			maps.zero("x");
			maps.clear("x");
			maps.printAll();
		});
		expect(cleared).toBe("");
	});
	test("stats that were never set", () => {
		const run: Run = { ...zero, script: { value: aggregate("stats") } };
		const wide: Run = { ...run, elements: [] };
		expect(output(wide, (maps) => maps.print("x", 0, 0))).toBe(
			"@x: { .count = 0, .average = 0, .total = 0 }\n",
		);
	});
});

describe("keyed maps", () => {
	const byValue: Run = {
		script: { key: int(8), value: plain(int(8)) },
		elements: [
			[bytes(number(1)), bytes(number(30))],
			[bytes(number(2)), bytes(number(-5))],
			[bytes(number(4)), bytes(number(10))],
			[bytes(number(3)), bytes(number(10))],
		],
	};
	test("numbers are sorted by value, then by key", () => {
		expect(output(byValue, printAll)).toBe(
			"@x[2]: -5\n@x[3]: 10\n@x[4]: 10\n@x[1]: 30\n",
		);
	});
	test("top gives the greatest, div divides them", () => {
		expect(output(byValue, (maps) => maps.print("x", 2, 10))).toBe(
			"@x[4]: 1\n@x[1]: 3\n",
		);
		expect(output(byValue, (maps) => maps.print("x", 9, 1))).toMatch(
			/^@x\[2\]: -5\n/,
		);
	});
	test("JSON keeps that order, though keys look like numbers", () => {
		expect(output(byValue, printAll, "json")).toBe(
			'{"type": "map", "data": {"@x": {"2": -5, "3": 10, "4": 10, "1": 30}}}\n',
		);
	});
	const key: ValueLayout = {
		kind: "tuple",
		size: 16,
		elements: [
			{ offset: 0, layout: int(8) },
			{ offset: 8, layout: string(8) },
		],
	};
	test("other values are sorted by key, tuples by their elements in order", () => {
		const run: Run = {
			script: { key, value: plain(string(4)) },
			elements: [
				[bytes([8, 2], text("a", 8)), bytes("p\0\0\0")],
				[bytes([8, -1], text("z", 8)), bytes("q\0\0\0")],
				[bytes([8, 2], text("B", 8)), bytes("r\0\0\0")],
			],
		};
		expect(output(run, printAll)).toBe(
			"@x[-1, z]: q\n@x[2, B]: r\n@x[2, a]: p\n",
		);
		expect(output(run, printAll, "json")).toBe(
			'{"type": "map", "data": {"@x": {"-1,z": "q", "2,B": "r", "2,a": "p"}}}\n',
		);
	});
	test("nothing in it, nothing printed", () => {
		const run: Run = { ...byValue, elements: [] };
		expect(output(run, printAll)).toBe("");
		expect(output(run, printAll, "json")).toBe("");
	});
	test("averages are statistics, even when there are none", () => {
		const run: Run = {
			script: { key: string(8), value: aggregate("avg") },
			type: "percpu_hash",
			elements: [
				[bytes(text("b", 8)), bytes([8, 40], [8, 1]), bytes([8, 0], [8, 1])],
				[bytes(text("a", 8)), bytes([8, 10], [8, 1]), bytes([8, 0], [8, 0])],
			],
		};
		expect(output(run, (maps) => maps.print("x", 0, 10), "json")).toBe(
			'{"type": "stats", "data": {"@x": {"a": 1, "b": 2}}}\n',
		);
		expect(output({ ...run, elements: [] }, printAll, "json")).toBe(
			'{"type": "stats", "data": {"@x": {}}}\n',
		);
	});
	test("per-CPU integers add up", () => {
		const run: Run = {
			script: { key: int(8), value: plain(int(8)) },
			type: "percpu_hash",
			elements: [[bytes([8, 1]), bytes([8, -7]), bytes([8, 3])]],
		};
		expect(output(run, printAll)).toBe("@x[1]: -4\n");
	});
});
