// Bytes and their layout → text, JSON and key.
import { describe, expect, test } from "vitest";
import { writeJson } from "../../src/base/json-tree.ts";
import { jsonRenderer } from "../../src/builtins/render/value-json.ts";
import {
	keyTextRenderer,
	textRenderer,
	tight,
} from "../../src/builtins/render/value-text.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import { bytes, context, int, string, text } from "./fixtures.ts";

const buffer: ValueLayout = { kind: "buffer", size: 8 };
const pointer: ValueLayout = { kind: "pointer" };
const color: ValueLayout = {
	kind: "enum",
	size: 4,
	signed: false,
	names: { "0": "RED", "2": "BLUE" },
};
const address: ValueLayout = {
	kind: "opaque",
	name: "ntop",
	size: 20,
	params: {},
};
const float = (size: 4 | 8): ValueLayout => ({
	kind: "opaque",
	name: "float",
	size,
	params: { bytes: size },
});
const pair: ValueLayout = {
	kind: "tuple",
	size: 24,
	elements: [
		{ offset: 0, layout: int(8) },
		{ offset: 8, layout: string(16) },
	],
};
const nested: ValueLayout = {
	kind: "tuple",
	size: 32,
	elements: [
		{ offset: 0, layout: int(8) },
		{ offset: 8, layout: pair },
	],
};
const point: ValueLayout = {
	kind: "record",
	size: 8,
	fields: [
		{ name: "x", offset: 0, layout: int(4) },
		{ name: "y", offset: 4, layout: int(4) },
	],
};
const flags: ValueLayout = {
	kind: "record",
	size: 4,
	fields: [
		{
			name: "a",
			offset: 0,
			layout: int(4, false),
			bits: { shift: 0, width: 3 },
		},
		{ name: "b", offset: 0, layout: int(4), bits: { shift: 3, width: 4 } },
	],
};

const cases: readonly [
	name: string,
	layout: ValueLayout,
	value: DataView,
	text: string,
	json: string,
][] = [
	["zero", int(8), bytes([8, 0]), "0", "0"],
	["int8", int(1), bytes([1, 0xff]), "-1", "-1"],
	["uint8", int(1, false), bytes([1, 0xff]), "255", "255"],
	["int16", int(2), bytes([2, 0x8000]), "-32768", "-32768"],
	["int32", int(4), bytes([4, -2]), "-2", "-2"],
	["uint32", int(4, false), bytes([4, -2]), "4294967294", "4294967294"],
	[
		"int64 past 2^32",
		int(8),
		bytes([8, -5_000_000_000]),
		"-5000000000",
		"-5000000000",
	],
	[
		"int64 past 2^53",
		int(8),
		bytes([8, -9007199254740993n]),
		"-9007199254740993",
		'"-9007199254740993"',
	],
	[
		"the least int64",
		int(8),
		bytes([8, 1n << 63n]),
		"-9223372036854775808",
		"-9223372036854775808",
	],
	[
		"the greatest uint64",
		int(8, false),
		bytes([8, -1n]),
		"18446744073709551615",
		'"18446744073709551615"',
	],
	["false", { kind: "bool" }, bytes([1, 0]), "false", "false"],
	["true", { kind: "bool" }, bytes([1, 1]), "true", "true"],
	["string", string(16), bytes(text("bash", 16)), "bash", '"bash"'],
	["empty string", string(4), bytes("\0xyz"), "", '""'],
	["cut string", string(4), bytes("abcd"), "abcd..", '"abcd.."'],
	[
		"quotes in JSON",
		string(8),
		bytes(text('a"\\\n\x01', 8)),
		'a"\\\n\x01',
		'"a\\"\\\\\\n\\u0001"',
	],
	[
		"buffer",
		buffer,
		bytes([4, 5], "a\t\xff~\x7f\0\0\0"),
		"a\\x09\\xff~\\x7f",
		"[97,9,-1,126,127]",
	],
	[
		"pointer",
		pointer,
		bytes([8, 0xffff_8880_1234_5678n]),
		"0xffff888012345678",
		'"18446612682375452280"',
	],
	["float", float(4), bytes([4, 0x3f00_0000]), "0.5", "0.5"],
	["double", float(8), bytes([8, 0xc004n << 48n]), "-2.5", "-2.5"],
	["float that is 0", float(4), bytes([4, 0]), "0", "0"],
	[
		"float of a union that holds the integer 1",
		float(4),
		bytes([4, 1]),
		"1.401298464324817e-45",
		"null",
	],
	["no number", float(4), bytes([4, 0x7fc0_0000]), "NaN", "null"],
	["null pointer", pointer, bytes([8, 0]), "0x0", "0"],
	["enum by name", color, bytes([4, 2]), "BLUE", "2"],
	["enum without a name", color, bytes([4, 7]), "7", "7"],
	[
		"array",
		{ kind: "array", of: int(2), count: 3, stride: 2 },
		bytes([2, 1], [2, -2], [2, 3]),
		"[1,-2,3]",
		"[1,-2,3]",
	],
	[
		"array of strings",
		{ kind: "array", of: string(4), count: 2, stride: 4 },
		bytes("a\0\0\0b\0\0\0"),
		"[a,b]",
		'["a","b"]',
	],
	["tuple", pair, bytes([8, 1], text("x", 16)), "(1, x)", '[1,"x"]'],
	[
		"tuple in a tuple",
		nested,
		bytes([8, 1], [8, 2], text("x", 16)),
		"(1, (2, x))",
		'[1,[2,"x"]]',
	],
	[
		"record",
		point,
		bytes([4, 1], [4, -1]),
		"{ .x = 1, .y = -1 }",
		'{"x": 1, "y": -1}',
	],
	[
		"record without members",
		{ kind: "record", size: 0, fields: [] },
		bytes(),
		"{}",
		"{}",
	],
	[
		"bit-fields",
		flags,
		bytes([4, 0b1110_101]),
		"{ .a = 5, .b = 14 }",
		'{"a": 5, "b": 14}',
	],
	[
		"opaque",
		address,
		bytes([4, 2], "\x7f\0\0\x01", text("", 12)),
		"127.0.0.1",
		'"127.0.0.1"',
	],
];

describe("values", () => {
	test.each(cases)("%s", (_name, layout, value, expected, json) => {
		expect(textRenderer(layout, context)(value, 0)).toBe(expected);
		expect(writeJson(jsonRenderer(layout, context)(value, 0))).toBe(json);
	});
	test("they may stand anywhere in a view", () => {
		const view = bytes("?????", [8, 7], text("y", 16));
		expect(textRenderer(pair, context)(view, 5)).toBe("(7, y)");
	});
	test("div reaches into tuples", () => {
		const view = bytes([8, -70], text("y", 16));
		expect(textRenderer(pair, context, 10)(view, 0)).toBe("(-7, y)");
	});
	test("bytes that are no UTF-8 pass unchanged as text, and become U+FFFD in JSON", () => {
		const view = bytes(text("\xc3\xa4\xff", 8));
		expect(textRenderer(string(8), context)(view, 0)).toBe("\xc3\xa4\xff");
		expect(writeJson(jsonRenderer(string(8), context)(view, 0))).toBe(
			'"\xc3\xa4\xef\xbf\xbd"',
		);
	});
});

describe("keys", () => {
	const key = bytes([8, 1], [8, 2], text("a b", 16));
	test("tuples go without parentheses", () => {
		expect(keyTextRenderer(nested, context)(key, 0)).toBe("1, (2, a b)");
	});
	test("JSON keys go without blanks between elements", () => {
		expect(keyTextRenderer(nested, context, tight)(key, 0)).toBe("1,(2,a b)");
	});
	test("parentheses of a string are its own", () => {
		const name = bytes(text("(sd-pam)", 16));
		expect(keyTextRenderer(string(16), context)(name, 0)).toBe("(sd-pam)");
	});
	test("records as JSON keys", () => {
		const view = bytes([4, 1], [4, 2]);
		expect(keyTextRenderer(point, context, tight)(view, 0)).toBe("{.x=1,.y=2}");
	});
});
