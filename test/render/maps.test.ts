// Whole maps as they come from the kernel → what print, clear, zero and the report at exit put out.
import { describe, expect, test } from "vitest";
import type { MapContents } from "../../runtime/map-read.ts";
import { jsonSink } from "../../runtime/output/json.ts";
import { textSink } from "../../runtime/output/text.ts";
import { scriptMaps } from "../../runtime/script-maps.ts";
import type {
	AggregateDefinition,
	BuiltinDefinition,
} from "../../src/builtins/definition.ts";
import { renderAvg } from "../../src/builtins/render/avg.ts";
import { renderCount } from "../../src/builtins/render/count.ts";
import { renderHist } from "../../src/builtins/render/hist.ts";
import { renderStats } from "../../src/builtins/render/stats.ts";
import type { MapPlan, ScriptMap } from "../../src/plan.ts";
import { voidType } from "../../src/types/types.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import { bytes, context, int, type Piece, string, text } from "./fixtures.ts";

const aggregates: Readonly<Record<string, AggregateDefinition["render"]>> = {
	count: renderCount,
	avg: renderAvg,
	stats: renderStats,
	hist: renderHist,
};

function builtin(name: string): BuiltinDefinition | undefined {
	const render = aggregates[name];
	if (!render) return undefined;
	return {
		name,
		group: "aggregation",
		signatures: [],
		doc: "",
		example: "",
		check: () => voidType,
		aggregate: { cells: () => ({ size: 16 }), render },
	};
}

type Element = readonly [key: DataView, ...cells: DataView[]];

function contentsOf(elements: readonly Element[]): MapContents {
	const keys = elements.map(([key]) => Buffer.from(key.buffer));
	const cells = elements.flatMap(([, ...cells]) =>
		cells.map((cell) => Buffer.from(cell.buffer)),
	);
	const cpus = Math.max(1, (elements[0]?.length ?? 2) - 1);
	const valueSize = cells[0]?.length ?? 8;
	return {
		count: elements.length,
		keys: new Uint8Array(Buffer.concat(keys)),
		values: new Uint8Array(Buffer.concat(cells)),
		keySize: keys[0]?.length ?? 4,
		valueSize,
		valueStride: valueSize * cpus,
		cpuStride: valueSize,
		cpus,
	};
}

interface Run {
	readonly script: Partial<ScriptMap> & Pick<ScriptMap, "value">;
	readonly type?: MapPlan["type"];
	readonly elements: readonly Element[];
}

/** What goes to stdout while `use` is at work. */
function output(
	{ script, type = "hash", elements }: Run,
	use: (maps: ReturnType<typeof scriptMaps>) => void,
	form: "text" | "json" = "text",
): string {
	let written = "";
	const out = {
		write: (piece: string) => {
			written += piece;
		},
		flush() {},
		finish() {},
	};
	const options = { out, errors: out, quiet: false, warnings: true };
	const scalar = script.key === undefined;
	const map: MapPlan = {
		symbol: "m_x",
		role: "script",
		type,
		keySize: 8,
		valueSize: 8,
		maxEntries: 100,
		script: { name: "x", scalar, bucketed: false, ...script },
	};
	const maps = scriptMaps({
		maps: [map],
		access: {
			read: () => contentsOf(elements),
			clear: () => {},
			zero: () => {},
		},
		sink: form === "text" ? textSink(options) : jsonSink(options),
		context,
		builtin,
	});
	use(maps);
	return written;
}

const printAll = (maps: ReturnType<typeof scriptMaps>) => maps.printAll();
const number = (value: number): Piece => [8, value];
const plain = (layout: ValueLayout): ScriptMap["value"] => ({
	kind: "plain",
	layout,
});
const aggregate = (name: string): ScriptMap["value"] => ({
	kind: "aggregate",
	name,
	params: { bits: 0 },
	signed: true,
});

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
