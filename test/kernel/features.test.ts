import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { hasHelper } from "../../runtime/features/feature-trial.ts";
import { featureRows, makeFeatures } from "../../runtime/features/features.ts";
import { parseCpuList } from "../../runtime/machine/cpus.ts";
import {
	parseKernelVersion,
	readKernelVersion,
} from "../../runtime/machine/kernel-version.ts";
import { parseLockdown } from "../../runtime/machine/lockdown.ts";
import { kernel } from "./support/kernel.ts";

const features = makeFeatures(kernel);
const KPROBE = { type: 2 };

describe("the features table", () => {
	test.each(featureRows.map((row) => row.name))(
		"%s is tried without an error, and remembered",
		(name) => {
			const first = features.has(name);
			expect(features.has(name)).toBe(first);
		},
	);

	test("agrees with what can be seen", () => {
		expect(features.has("btf")).toBe(existsSync("/sys/kernel/btf/vmlinux"));
		expect(features.has("kprobe")).toBe(
			existsSync("/sys/bus/event_source/devices/kprobe"),
		);
		const { major, minor } = readKernelVersion();
		if (major > 5 || (major === 5 && minor >= 10)) {
			expect(
				features.has("ring_buffer") &&
					features.has("map_batch") &&
					features.has("program_run"),
			).toBe(true);
		}
		if (major < 6 || (major === 6 && minor < 10))
			expect(features.has("raw_tracepoint_cookie")).toBe(false);
	});

	test("leaves no file open", () => {
		const fresh = makeFeatures(kernel);
		const probe = () => {
			const fd = kernel.libc.call.dup(0);
			kernel.libc.call.close(fd);
			return fd;
		};
		const before = probe();
		for (const row of featureRows) fresh.has(row.name);
		expect(probe()).toBe(before);
	});
});

test("helpers are known by their number", () => {
	const MAP_LOOKUP = 1;
	const KTIME = 5;
	expect(hasHelper(kernel, KPROBE, MAP_LOOKUP)).toBe(true);
	expect(hasHelper(kernel, KPROBE, KTIME)).toBe(true);
	expect(hasHelper(kernel, KPROBE, 60_000)).toBe(false);
});

test("versions, CPU lists and lockdown modes are read as the kernel writes them", () => {
	expect(parseKernelVersion("6.1.0-18-amd64")).toMatchObject({
		major: 6,
		minor: 1,
	});
	expect(parseKernelVersion("5.15")).toMatchObject({ major: 5, minor: 15 });
	expect(parseCpuList("0-3,8,10-11\n")).toEqual([0, 1, 2, 3, 8, 10, 11]);
	expect(parseCpuList("0\n")).toEqual([0]);
	expect(parseLockdown("none [integrity] confidentiality\n")).toBe("integrity");
	expect(parseLockdown("[none] integrity confidentiality\n")).toBe("none");
	expect(parseLockdown("")).toBe("unknown");
});
