// printf: a format, one value, and the text; and what the check says of formats that do not fit.
import { describe, expect, test } from "vitest";
import { checkFormat } from "../../src/builtins/format-string.ts";
import { compileFormat } from "../../src/builtins/render/format.ts";
import { int64, stringType, type Type, uint64 } from "../../src/types/types.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";
import { bytes, context, int, string, text } from "./fixtures.ts";

function format(
	spec: string,
	...values: readonly (readonly [ValueLayout, DataView])[]
): string {
	const fields = values.map(([layout], i) => ({
		name: String(i),
		offset: 8 + 64 * i,
		layout,
	}));
	const record = new DataView(new ArrayBuffer(8 + 64 * values.length));
	values.forEach(([, value], i) => {
		new Uint8Array(record.buffer).set(new Uint8Array(value.buffer), 8 + 64 * i);
	});
	return compileFormat(spec, fields, context)(record, 0);
}

const s64 = (value: number | bigint) => [int(8), bytes([8, value])] as const;
const u64 = (value: number | bigint) =>
	[int(8, false), bytes([8, value])] as const;
const str = (value: string, size = 16) =>
	[string(size), bytes(text(value, size))] as const;

describe("numbers", () => {
	test.each([
		["%d", s64(5), "5"],
		["%d", s64(-5), "-5"],
		["%d", s64(0x1_0000_0005), "5"],
		["%d", u64(0xffff_ffff), "-1"],
		["%d", s64(-0x1_0000_0005), "-5"],
		["%d", u64(0xffff_ffff_ffff_fff7n), "-9"],
		["%lld", u64(0xffff_ffff_ffff_fff7n), "-9"],
		["%llu", u64(0xffff_ffff_ffff_fff7n), "18446744073709551607"],
		["%llu", s64(-0x1_0000_0005), "18446744069414584315"],
		["%lld", s64(-0x1_0000_0005), "-4294967301"],
		["%u", s64(-0x1_0000_0005), "4294967291"],
		["%lld", u64(1732824000123456), "1732824000123456"],
		["%u", s64(-1), "4294967295"],
		["%lu", s64(-1), "18446744073709551615"],
		["%ld", s64(-5_000_000_000), "-5000000000"],
		["%lld", s64(1n << 62n), "4611686018427387904"],
		["%llu", u64(1n << 63n), "9223372036854775808"],
		["%zd", s64(-5_000_000_000), "-5000000000"],
		["%hhd", s64(0x1ff), "-1"],
		["%hd", s64(0x18000), "-32768"],
		["%hhx", s64(0x12345678abcdefn), "ef"],
		["%hx", s64(0x12345678abcdefn), "cdef"],
		["%x", s64(0x12345678abcdefn), "78abcdef"],
		["%jx", s64(0x12345678abcdefn), "12345678abcdef"],
		["%X", s64(0xbeef), "BEEF"],
		["%#x", s64(0xbeef), "0xbeef"],
		["%#X", s64(0xbeef), "0XBEEF"],
		["%#x", s64(0), "0"],
		["%o", s64(8), "10"],
		["%#o", s64(8), "010"],
		["%i", s64(3), "3"],
		["%5d|", s64(42), "   42|"],
		["%-5d|", s64(42), "42   |"],
		["%05d|", s64(42), "00042|"],
		["%05d|", s64(-42), "-0042|"],
		["%-05d|", s64(42), "42   |"],
		["%+d", s64(42), "+42"],
		["%+d", s64(-42), "-42"],
		["%04x", s64(2), "0002"],
		["%#06x", s64(2), "0x0002"],
		["%c%%", s64(0x41), "A%"],
		["%3c|", s64(0x41), "  A|"],
		["%p", u64(0xffff_8880_0000_0000n), "0xffff888000000000"],
		["%p", u64(0), "0"],
		["%18p", u64(0x10), "              0x10"],
	] as const)("%s of a number", (spec, value, expected) => {
		expect(format(spec, value)).toBe(expected);
	});
	test("pointers, bools and enums are numbers too", () => {
		const color: ValueLayout = {
			kind: "enum",
			size: 4,
			signed: false,
			names: { "2": "BLUE" },
		};
		expect(
			format(
				"%lx %d %d %s",
				[{ kind: "pointer" }, bytes([8, 0x1_0000_0000])],
				[{ kind: "bool" }, bytes([1, 1])],
				[color, bytes([4, 2])],
				[color, bytes([4, 2])],
			),
		).toBe("100000000 1 2 BLUE");
	});
	test.each([
		[0, "0"],
		[1, "GFP_DMA"],
		[0xcc0, "GFP_KERNEL"],
		[0xdc0, "GFP_KERNEL|__GFP_ZERO"],
		[0x20n | (1n << 40n), "__GFP_HIGH|0x10000000000"],
	])("%%gr of %s", (flags, expected) => {
		expect(format("%gr", u64(flags))).toBe(expected);
	});
});

describe("texts", () => {
	test.each([
		["%s", str("bash"), "bash"],
		["%-8s|", str("bash"), "bash    |"],
		["%8s|", str("bash"), "    bash|"],
		["%2s|", str("bash"), "bash|"],
		["%-10.10s|", str("a long name here"), "a long nam|"],
		["%s", str("abcd", 4), "abcd.."],
		["%s", s64(-7), "-7"],
		["%5s", s64(-7), "   -7"],
		["%s", [{ kind: "bool" }, bytes([1, 1])] as const, "true"],
	] as const)("%s", (spec, value, expected) => {
		expect(format(spec, value)).toBe(expected);
	});
	test("buffers", () => {
		const value = [
			{ kind: "buffer", size: 8 },
			bytes([4, 4], "A\n\xfe~"),
		] as const;
		expect(format("%r %rx %rh %s", value, value, value, value)).toBe(
			"A\\x0a\\xfe~ \\x41\\x0a\\xfe\\x7e 41 0a fe 7e A\\x0a\\xfe~",
		);
	});
	test("what is no conversion stays as it is", () => {
		expect(format("100%, %d at %y 50%", s64(1))).toBe("100%, 1 at %y 50%");
	});
	test("without values", () => {
		expect(format("hello %%\n")).toBe("hello %\n");
	});
	test("several values, each in its place", () => {
		expect(format("<%d|%s|%x>\n", s64(1), str("two"), s64(3))).toBe(
			"<1|two|3>\n",
		);
	});
});

describe("the check", () => {
	const struct: Type = { kind: "tuple", elements: [int64] };
	test.each([
		["%d %s\n", [int64, stringType(16)], []],
		["%d\n", [], ["E0450"]],
		["\n", [int64], ["E0450"]],
		["%d", [stringType(16)], ["E0451"]],
		["%r", [stringType(16)], ["E0451"]],
		["%r", [{ kind: "buffer", size: 4 }], []],
		["%x %d", [uint64, struct], ["E0451"]],
		["%s", [struct], []],
		["%f", [int64], ["E0452"]],
		["%*d", [int64], ["E0452"]],
		["%s", [{ kind: "void" }], ["E0451"]],
	] as readonly (readonly [string, readonly Type[], readonly string[]])[])(
		"%j",
		(spec, types, codes) => {
			expect(checkFormat(spec, types).map((p) => p.code)).toEqual(codes);
		},
	);
	test("it says which value is wrong", () => {
		expect(checkFormat("%d %d", [int64, struct])[0]?.argument).toBe(1);
	});
});
