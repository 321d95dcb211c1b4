// strftime against known dates, in a zone with daylight saving time.
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import {
	formatTime,
	formatTimestamp,
} from "../../src/builtins/render/strftime.ts";

const zone = process.env.TZ;
beforeAll(() => {
	process.env.TZ = "Europe/Berlin";
});
afterAll(() => {
	if (zone === undefined) delete process.env.TZ;
	else process.env.TZ = zone;
});

const second = 1_000_000_000n;
/** Nanoseconds of a UTC time. */
const at = (iso: string) => (BigInt(Date.parse(iso)) / 1000n) * second;

describe("conversions", () => {
	const monday = at("2024-01-01T04:05:06Z");
	test.each([
		["%Y-%m-%dT%H:%M:%S", "2024-01-01T05:05:06"],
		["%a %A %b %B %h", "Mon Monday Jan January Jan"],
		["%c", "Mon Jan  1 05:05:06 2024"],
		["%D %F %R %T %r", "01/01/24 2024-01-01 05:05 05:05:06 05:05:06 AM"],
		["%x %X", "01/01/24 05:05:06"],
		["%C %y %G %g %V %U %W", "20 24 2024 24 01 00 01"],
		["%e|%k|%l|%I|%p|%P", " 1| 5| 5|05|AM|am"],
		["%j %u %w %s", "001 1 1 1704081906"],
		["%z %Z", "+0100 CET"],
		["%-d %_m %-H %03d", "1  1 5 001"],
		["%^a %^b", "MON JAN"],
		["%n%t%%", "\n\t%"],
		["%Ey %Od", "24 01"],
		["no conversion", "no conversion"],
		["%Q", "%Q"],
	])("%j", (format, expected) => {
		expect(formatTime(format, monday)).toBe(expected);
	});
	test("daylight saving time", () => {
		expect(formatTime("%H %z %Z", at("2024-07-01T12:00:00Z"))).toBe(
			"14 +0200 CEST",
		);
	});
	test.each([
		["2020-12-31T12:00:00Z", "53 2020 366 52 52"],
		["2021-01-03T12:00:00Z", "53 2020 003 01 00"],
		["2021-01-04T12:00:00Z", "01 2021 004 01 01"],
		["2023-12-31T12:00:00Z", "52 2023 365 53 52"],
		["2026-12-31T12:00:00Z", "53 2026 365 52 52"],
	])("weeks of %s", (iso, expected) => {
		expect(formatTime("%V %G %j %U %W", at(iso))).toBe(expected);
	});
});

test("fractions of a second", () => {
	const time = at("2024-01-01T04:05:06Z") + 7_008_009n;
	expect(formatTimestamp("%H:%M:%S.%f %l %k", time)).toBe(
		"05:05:06.007008 007 007008009",
	);
});
