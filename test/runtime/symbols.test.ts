// The parts of naming addresses that need no process: names, tables, text forms.
import { describe, expect, test, vi } from "vitest";
import { parseKallsyms } from "../../runtime/machine/kallsyms.ts";
import type { MapContents } from "../../runtime/maps/read.ts";
import { lastAtOrBelow } from "../../runtime/symbols/ascending.ts";
import { BoundedMap } from "../../runtime/symbols/bounded-map.ts";
import {
	type KernelSymbol,
	type KernelSymbols,
	openKernelSymbols,
} from "../../runtime/symbols/kernel.ts";
import { parsePerfMap } from "../../runtime/symbols/perf-map.ts";
import { parseProcessMaps } from "../../runtime/symbols/process-maps.ts";
import { demangleRust } from "../../runtime/symbols/rust-names.ts";
import { watchStackProcesses } from "../../runtime/symbols/stack-processes.ts";
import type { MapPlan } from "../../src/plan.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";

test.each<[string, string | undefined]>([
	["_ZN4core3fmt5write17h0123456789abcdefE", "core::fmt::write"],
	[
		"_ZN60_$LT$alloc..string..String$u20$as$u20$core..fmt..Display$GT$3fmt17h0123456789abcdefE",
		"<alloc::string::String as core::fmt::Display>::fmt",
	],
	[
		"_ZN3app4main28_$u7b$$u7b$closure$u7d$$u7d$17h0123456789abcdefE",
		"app::main::{{closure}}",
	],
	["_ZN3app3$RF$17h0123456789abcdefE", undefined],
	["_ZN3app4$RF$17h0123456789abcdefE", "app::&"],
	["_ZN3foo3barEi", undefined],
	["_ZN3foo3bar", undefined],
	["_ZN99foo17h0123456789abcdefE", undefined],
	["main", undefined],
])("Rust's %s is %s", (symbol, name) => {
	expect(demangleRust(symbol)).toBe(name);
});

describe("the kernel's answers", () => {
	const text = "ffffffff81000100 D a_variable\n";
	function ask(answer: string | undefined): KernelSymbols {
		const close = () => {};
		return openKernelSymbols({
			kallsyms: () => parseKallsyms(Buffer.from(text)),
			program: () => ({ print: () => answer, close }),
		});
	}

	test.each<[string, Partial<KernelSymbol>]>([
		["vfs_read+0x10/0x2b0", { name: "vfs_read", offset: 16n }],
		["f.cold+0x0/0x1 [ext4]", { name: "f.cold", offset: 0n, module: "ext4" }],
	])("are read: %s", (answer, symbol) => {
		expect(ask(answer).lookup(0xffff_ffff_8100_0110n)).toEqual(symbol);
	});

	test.each([["0xffffffff81000110"], [undefined]])(
		"are done without: %s",
		(answer) => {
			const found = ask(answer).lookup(0xffff_ffff_8100_0110n);
			expect(found).toEqual({ name: "a_variable", offset: 16n });
		},
	);

	test("end with the program, if there ever was one", () => {
		const close = vi.fn();
		const program = () => ({ print: () => "f+0x0/0x1", close });
		const symbols = openKernelSymbols({ program });
		symbols.close();
		expect(close).not.toHaveBeenCalled();
		symbols.lookup(0xffff_ffff_8100_0110n);
		symbols.close();
		expect(close).toHaveBeenCalledTimes(1);
	});
});

describe("process maps", () => {
	const maps = parseProcessMaps(
		[
			"00400000-00401000 r--p 00000000 fe:00 77     /opt/my app/a b",
			"00401000-00403000 r-xp 00001000 fe:00 77     /opt/my app/a b",
			"00403000-00404000 rw-p 00000000 00:00 0 ",
			"00404000-00405000 rwxp 00000000 00:00 0 ",
			"00405000-00406000 r-xp 00000000 00:2a 1234   /tmp/line\\012end (deleted)",
			"7fff00000000-7fff00002000 r-xp 00000000 00:00 0  [vdso]",
			"ffffffffff600000-ffffffffff601000 --xp 00000000 00:00 0  [vsyscall]",
			"",
		].join("\n"),
	);

	test("keep files and code", () => {
		expect(maps.regions.map((r) => [r.path, r.file, r.executable])).toEqual([
			["/opt/my app/a b", "fe:00:77", false],
			["/opt/my app/a b", "fe:00:77", true],
			["", undefined, true],
			["/tmp/line\nend", "00:2a:1234", true],
			["[vdso]", undefined, true],
			["[vsyscall]", undefined, true],
		]);
	});

	test("are found by address, the end not included", () => {
		expect(maps.find(0x402fff)?.offset).toBe(0x1000);
		expect(maps.find(0x400000)?.executable).toBe(false);
		expect(maps.find(0x403000)).toBeUndefined();
		expect(maps.find(0x3fffff)).toBeUndefined();
		expect(maps.find(0x7fff00001000)?.path).toBe("[vdso]");
	});
});

test("perf maps: the last line for an address counts", () => {
	const map = parsePerfMap(
		"1000 20 old name\n2000 10 second\nnonsense\n1000 30 new name\n",
		"/tmp/perf-1.map",
	);
	expect(map.find(0x1000)).toEqual({ name: "new name", offset: 0 });
	expect(map.find(0x102f)).toEqual({ name: "new name", offset: 0x2f });
	expect(map.find(0x1030)).toBeUndefined();
	expect(map.find(0x2008)?.name).toBe("second");
	expect(map.find(0)).toBeUndefined();
});

test.each([
	[[], 5, -1],
	[[1, 3, 3, 9], 0, -1],
	[[1, 3, 3, 9], 3, 2],
	[[1, 3, 3, 9], 8, 2],
	[[1, 3, 3, 9], 10, 3],
])("in %j the last at or below %i is number %i", (values, wanted, index) => {
	expect(lastAtOrBelow(values, wanted)).toBe(index);
});

test("a bounded map lets go of what was used least recently", () => {
	const evicted: string[] = [];
	const map = new BoundedMap<number, string>(2, (v) => evicted.push(v));
	map.set(1, "one");
	map.set(2, "two");
	map.get(1);
	map.set(3, "three");
	expect(evicted).toEqual(["two"]);
	expect(map.get(1)).toBe("one");
	map.delete(1);
	map.clear();
	expect(evicted).toEqual(["two", "one", "three"]);
});

describe("processes in maps", () => {
	const stack: ValueLayout = {
		kind: "opaque",
		name: "callers",
		size: 16,
		params: {},
	};
	const number: ValueLayout = { kind: "int", size: 8, signed: false };
	const pair: ValueLayout = {
		kind: "tuple",
		size: 24,
		elements: [
			{ offset: 0, layout: number },
			{ offset: 8, layout: stack },
		],
	};
	const mapOf = (
		key: ValueLayout | undefined,
		value: ValueLayout,
	): MapPlan => ({
		symbol: "m",
		role: "script",
		type: "hash",
		keySize: 24,
		valueSize: 16,
		maxEntries: 8,
		script: {
			name: "m",
			scalar: key === undefined,
			...(key ? { key } : {}),
			value: { kind: "plain", layout: value },
			bucketed: false,
		},
	});
	/** Two elements, whose pids are 100 and 101 in the key's tuple, and 200 and 201 in the value. */
	function contents(): MapContents {
		const keys = new Uint8Array(48);
		const values = new Uint8Array(32);
		for (const i of [0, 1]) {
			new DataView(keys.buffer).setUint32(i * 24 + 16, 100 + i, true);
			new DataView(values.buffer).setUint32(i * 16 + 8, 200 + i, true);
		}
		const shape = { keySize: 24, valueSize: 16, valueStride: 16 };
		return { count: 2, keys, values, ...shape, cpuStride: 16, cpus: 1 };
	}

	function pidsSeen(map: MapPlan): { pids: number[]; reads: number } {
		vi.useFakeTimers();
		const pids: number[] = [];
		let reads = 0;
		const watch = watchStackProcesses({
			maps: [map],
			read: () => {
				reads++;
				return contents();
			},
			pidAt: (name) => (name === "callers" ? 8 : undefined),
			prepare: (pid) => pids.push(pid),
		});
		vi.advanceTimersByTime(150);
		watch.stop();
		vi.advanceTimersByTime(10_000);
		vi.useRealTimers();
		return { pids, reads };
	}

	test("are found in keys and in values", () => {
		expect(pidsSeen(mapOf(pair, number)).pids).toEqual([100, 101]);
		expect(pidsSeen(mapOf(number, stack)).pids).toEqual([200, 201]);
		expect(pidsSeen(mapOf(pair, stack)).pids).toEqual([100, 101, 200, 201]);
	});

	test("cost nothing where no map can hold one", () => {
		expect(pidsSeen(mapOf(number, number)).reads).toBe(0);
	});
});
