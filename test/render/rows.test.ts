// Rows of a map by a format of the script's own, numbers in formats of theirs, and stacks for flame graphs.
import { expect, test } from "vitest";
import { formatStack } from "../../runtime/symbols/stacks.ts";
import type { RowOrder } from "../../src/builtins/host.ts";
import { renderStrfnum } from "../../src/builtins/render/strfnum.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import { bytes, int, plainHost, string } from "./fixtures.ts";
import { aggregate, number, output, plain, type Run } from "./map-run.ts";

const all: RowOrder = { top: 0, div: 1, ascending: false };
const rows = (run: Run, format: string, order: Partial<RowOrder> = {}) =>
	output(run, (maps) => maps.printRows("x", format, { ...all, ...order }));

const pair: ValueLayout = {
	kind: "tuple",
	size: 8,
	elements: [
		{ offset: 0, layout: string(4) },
		{ offset: 4, layout: int(4) },
	],
};
const counts: Run = {
	script: { key: pair, value: aggregate("count") },
	elements: [
		[bytes("aa\0\0", [4, 1]), bytes(number(5)), bytes(number(2))],
		[bytes("b\0\0\0", [4, 2]), bytes(number(9)), bytes(number(0))],
		[bytes("c\0\0\0", [4, 3]), bytes(number(1)), bytes(number(0))],
	],
};

test("the greatest come first; parts of the key and the value by number", () => {
	expect(rows(counts, "%s %d %d\n")).toBe("b 2 9\naa 1 7\nc 3 1\n");
	expect(rows(counts, "%3$4d %1$-3s|\n", { top: 2 })).toBe(
		"   9 b  |\n   7 aa |\n",
	);
	expect(rows(counts, "%3$d ", { top: 2, ascending: true })).toBe("7 9 ");
	expect(rows(counts, "%3$d %3$.1f\n", { top: 1, div: 2 })).toBe("4 4.5\n");
});

test("statistics are count, average and total; the count is not divided", () => {
	const stats: Run = {
		script: { key: int(4), value: aggregate("stats") },
		elements: [[bytes([4, 7]), bytes(number(3000), number(2))]],
	};
	expect(rows(stats, "%d: %d %d %.2f\n", { div: 1000 })).toBe("7: 2 1 3.00\n");
});

test("other values, and a map without keys", () => {
	const texts: Run = {
		script: { key: int(4), value: plain(string(4)) },
		elements: [[bytes([4, -1]), bytes("abc\0")]],
	};
	expect(rows(texts, "%d=%s\n")).toBe("-1=abc\n");
	const scalar: Run = {
		script: { value: plain(int(8)) },
		elements: [[bytes([4, 0]), bytes(number(12))]],
	};
	expect(rows(scalar, "%d\n")).toBe("12\n");
});

test("numbers with decimals", () => {
	const text = (format: string, div: number, value: number) =>
		renderStrfnum.text(
			bytes(number(value)),
			{ format, div, signed: true },
			plainHost,
		);
	expect(text("<%8.2f>", 1_000_000, 1_234_567)).toBe("<    1.23>");
	expect(text("%-6d|", 1, -7)).toBe("-7    |");
	expect(text("%d s", 1000, 2999)).toBe("2 s");
});

test("folded stacks run from the outermost function, without offsets", () => {
	const names = ["read+1", "main+22", "0x12"];
	const source = {
		name: (n: bigint) => ({ symbol: names[Number(n)] ?? "", origin: "" }),
		place: () => undefined,
	};
	const stack = (mode: Parameters<typeof formatStack>[1]) =>
		formatStack([0n, 1n, 2n], mode, source);
	expect(stack("folded")).toBe(";[unknown];main;read");
	expect(stack("folded_k")).toBe(";[unknown]_[k];main_[k];read_[k]");
	expect(stack("names")).toBe("\n    read\n    main\n    [unknown]\n");
	expect(formatStack([], "folded", source)).toBe("");
});
