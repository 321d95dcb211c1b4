// Integers in decimal, by the quick way and by the sure one.
import { expect, test } from "vitest";
import { integerText } from "../../src/builtins/render/integers.ts";

const billion = 1e9;

test.each([
	...[0, 1, -1, 2 ** 31, 2 ** 32 - 1, -(2 ** 33)],
	...[billion - 1, billion, billion + 1, -billion, -billion - 1],
	...[1.1 * billion - 1, 1.1 * billion, 5 * billion + 99_999_999],
	...[Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
])("%d", (value) => {
	expect(integerText(value)).toBe(String(value));
});

test("of any length", () => {
	for (let value = 1; value < Number.MAX_SAFE_INTEGER / 3; value *= 3)
		for (const near of [value - 1, value, value * 2 + 1])
			expect(integerText(near)).toBe(BigInt(near).toString());
});

test("those that a double does not hold", () => {
	expect(integerText(0xffff_ffff_ffff_ffffn)).toBe("18446744073709551615");
	expect(integerText(-(2n ** 63n))).toBe("-9223372036854775808");
});
