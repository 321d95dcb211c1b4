// Maps of histograms: their buckets come as elements of their own.
import { describe, expect, test } from "vitest";
import { bytes, string } from "./fixtures.ts";
import { aggregate, output, printAll, type Run } from "./map-run.ts";

describe("histograms", () => {
	const bar = (stars: number) => "@".repeat(stars).padEnd(52);
	const cell = (count: number) => bytes([8, count], [8, 0]);
	const keyed: Run = {
		script: { key: string(4), value: aggregate("hist"), bucketed: true },
		type: "percpu_hash",
		elements: [
			[bytes("big\0", [4, 2]), cell(2), cell(1)],
			[bytes("a\0\0\0", [4, 1]), cell(1), cell(0)],
			[bytes("big\0", [4, 3]), cell(3), cell(3)],
		],
	};
	test("keys are sorted by their number of events", () => {
		expect(output(keyed, printAll)).toBe(
			[
				"@x[a]:",
				`[0]                    1 |${bar(52)}|`,
				"",
				"@x[big]:",
				`[1]                    3 |${bar(26)}|`,
				`[2, 4)                 6 |${bar(52)}|`,
				"",
				"",
			].join("\n"),
		);
	});
	test("JSON", () => {
		expect(output(keyed, printAll, "json")).toBe(
			'{"type": "hist", "data": {"@x": {"a": [{"min": 0, "max": 0, "count": 1}], "big": [{"min": 1, "max": 1, "count": 3},{"min": 2, "max": 3, "count": 6}]}}}\n',
		);
	});
	const scalar: Run = {
		script: { value: aggregate("hist"), bucketed: true },
		type: "percpu_array",
		elements: [
			[bytes([4, 0]), cell(0), cell(0)],
			[bytes([4, 1]), cell(0), cell(4)],
		],
	};
	const none: Run = {
		...scalar,
		elements: [[bytes([4, 0]), cell(0), cell(0)]],
	};
	test("without keys", () => {
		expect(output(scalar, printAll)).toBe(
			`@x:\n[0]                    4 |${bar(52)}|\n\n`,
		);
	});
	test("empty ones are left out; zeroed ones are shown empty", () => {
		expect(output(none, (maps) => maps.print("x", 0, 0))).toBe("");
		const zeroed = (form: "text" | "json") =>
			output(
				none,
				(maps) => {
					maps.zero("x");
					maps.printAll();
				},
				form,
			);
		expect(zeroed("text")).toBe("@x:\n\n");
		expect(zeroed("json")).toBe('{"type": "hist", "data": {"@x": []}}\n');
	});
	test("as a table", () => {
		expect(output(scalar, (maps) => maps.printTable("x", "usecs"))).toBe(
			"     usecs               : count    distribution\n" +
				"         0 -> 1          : 4        |****************************************|\n",
		);
		expect(output(keyed, (maps) => maps.printTable("x", "ms"))).toMatch(
			/^@x\[a\]:\n {5}ms .*\n.*\n\n@x\[big\]:\n/,
		);
	});
});
