// Kernel symbols: the compact reader, and the list of functions that can be probed.
import { writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { parseKallsyms, readKallsyms } from "../../runtime/machine/kallsyms.ts";
import { kernelFunctions } from "../../runtime/machine/kernel-functions.ts";

const text = `ffffffff81000000 T _stext
ffffffff81000010 T __noinstr_text_start
ffffffff81000010 T do_not_touch
ffffffff8100001c T __noinstr_text_end
ffffffff81000020 T alias_one
ffffffff81000020 T alias_two
ffffffff81000100 t worker.constprop.0
ffffffff81000180 t worker.cold
ffffffff81000200 D some_data
ffffffffc0002000 t twice\t[second]
ffffffffc0001000 t twice\t[first]
ffffffffc0001040 t first_only\t[first]
`;
const symbols = parseKallsyms(Buffer.from(text));
const nowhere = { blacklist: "/nonexistent", modules: "/nonexistent" };

test("an address belongs to the symbol before it; aliases to the first of them", () => {
	const name = (address: bigint) => symbols.nameAt(symbols.indexOf(address));
	expect(name(0xffffffff81000025n)).toBe("alias_one");
	expect(name(0xffffffff81000200n)).toBe("some_data");
	expect(symbols.indexOf(0xffffffff80ffffffn)).toBe(-1);
	expect(symbols.hidden).toBe(false);
});

test("modules are sorted in, whatever their order in the file", () => {
	const at = symbols.indexOf(0xffffffffc0001004n);
	expect(symbols.nameAt(at)).toBe("twice");
	expect(symbols.moduleAt(at)).toBe("first");
	expect([...symbols.addresses]).toEqual(
		[...symbols.addresses].sort((a, b) => (a < b ? -1 : 1)),
	);
});

test("names are found whole", () => {
	const found = symbols.find("twice").map((i) => symbols.moduleAt(i));
	expect(found.sort()).toEqual(["first", "second"]);
	expect(symbols.find("alias")).toEqual([]);
	const data = symbols.find("some_data")[0] ?? -1;
	expect(symbols.typeAt(data)).toBe("D");
	expect(symbols.moduleAt(data)).toBeUndefined();
	expect(symbols.addresses[data]).toBe(0xffffffff81000200n);
});

test("hidden addresses are told", () => {
	const hidden = parseKallsyms(Buffer.from("0000000000000000 T a\n"));
	expect(hidden.hidden).toBe(true);
	expect(hidden.count).toBe(1);
});

test("functions are listed by module, without data, cold parts and forbidden sections", () => {
	const functions = kernelFunctions(symbols, undefined, nowhere);
	expect([...functions.names("vmlinux")]).toEqual([
		"_stext",
		"__noinstr_text_end",
		"alias_one",
		"alias_two",
		"worker.constprop.0",
	]);
	expect([...functions.names("first")]).toEqual(["twice", "first_only"]);
	expect([...functions.names()].filter((n) => n === "twice")).toHaveLength(1);
	expect([...functions.names("absent")]).toEqual([]);
	expect(functions.modulesOf("twice")).toEqual(["first", "second"]);
	expect(functions.modulesOf("some_data")).toEqual([]);
	expect(functions.modules()).toEqual(["vmlinux"]);
});

test("functions that are better left alone are meant by their full names only", () => {
	const names = [
		"rcu_gp_init",
		"arch_cpu_idle",
		"call_rcu",
		"arch_cpu_idle_dead",
	];
	const lines = names.map((name, i) => `ffffffff8100000${i} T ${name}\n`);
	const found = parseKallsyms(Buffer.from(lines.join("")));
	const functions = kernelFunctions(found, undefined, nowhere);
	expect([...functions.names()]).toEqual(["call_rcu", "arch_cpu_idle_dead"]);
	expect(functions.modulesOf("rcu_gp_init")).toEqual(["vmlinux"]);
});

test("the kernel's own list of forbidden functions is obeyed", () => {
	const blacklist = join(tmpdir(), `kask-blacklist-${process.pid}`);
	writeFileSync(
		blacklist,
		"0xffffffff81000020-0xffffffff81000100\talias_one\n",
	);
	const functions = kernelFunctions(symbols, undefined, {
		...nowhere,
		blacklist,
	});
	expect([...functions.names()]).not.toContain("alias_one");
});

const running = readKallsyms();
test.skipIf(running === undefined)("the running kernel's symbols", () => {
	if (running === undefined) return;
	expect(running.count).toBeGreaterThan(10_000);
	const [at = -1] = running.find("vfs_read");
	expect(running.nameAt(at)).toBe("vfs_read");
	expect("tT").toContain(running.typeAt(at));
	if (!running.hidden) {
		const address = running.addresses[at] ?? 0n;
		expect(running.nameAt(running.indexOf(address + 1n))).toBe("vfs_read");
	}
	const functions = kernelFunctions(running, undefined);
	expect([...functions.names("vmlinux")]).toContain("vfs_read");
	expect(functions.modulesOf("vfs_read")).toEqual(["vmlinux"]);
});

test("a file that can't be read gives nothing", () => {
	expect(readKallsyms("/nonexistent")).toBeUndefined();
});
