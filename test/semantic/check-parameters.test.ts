// What the command line and the configuration give a script: $1, $#, getopt(), config blocks, environment variables.
import { afterEach, expect, test } from "vitest";
import { parseScript } from "../../grammar/parse.ts";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import {
	configurationValues,
	readConfiguration,
} from "../../src/semantic/config.ts";
import type { CompileEnvironment } from "../../src/semantic/environment.ts";
import { rows } from "./check-rows.ts";
import { checkText } from "./check-text.ts";

const given = (...parameters: string[]) => ({ parameters });

rows("positional parameters", [
	["$x = $1;", "$x: int8", given("5")],
	["$x = $1;", "$x: int16", given("0x100")],
	["$x = $1;", "$x: int8", given("-5")],
	["$x = $1;", "$x: int32", given("10ms")],
	["$x = $1;", "$x: int32", given("1e6")],
	["$x = $1;", "$x: int64", given("-5d")],
	["$x = $1;", "$x: int16", given("1000u")],
	["$x = $1;", "$x: string[5]", given("5sec")],
	["$x = str($1);", "$x: string[5]", given("10ms")],
	["$x = $1;", "$x: string[6]", given("hello")],
	["$x = $1;", "$x: int8"],
	["$x = $2;", "$x: int8", given("5")],
	["$x = $#;", "$x: int8", given("a", "b")],
	["$x = str($1);", "$x: string[6]", given("hello")],
	["$x = str($1);", "$x: string[3]", given("42")],
	["$x = str($1);", "$x: string[1]"],
	["$x = str($1 + 1);", "$x: string[5]", given("hello")],
	["$x = (uint64)$1;", "$x: uint64", given("5")],
	["$x = $1 + pid;", "$x: uint64", given("5")],
	["unroll ($1) { print(1); }", "", given("3")],
	["@ = lhist(pid, 0, $1, $2);", "@: lhist (percpu_array)", given("100", "10")],
	["interval:s:$1 { $x = 1; }", "$x: int8", given("5")],
	[
		"tracepoint:$1:$2 { $x = args.pid; }",
		"$x: int32",
		given("sched", "sched_wakeup"),
	],
	["$x = str($1 + 1);", "$x: string[2]", given("42")],
	["$x = str($1 + 9);", "$x: string[1]", given("hello")],
	["$x = $1 ⟦*⟧ 2;", "E0223", given("hello")],
	["unroll (⟦$1⟧) { print(1); }", "E0234", given("a")],
	["interval:s:⟦$1⟧ { $x = 1; }", "E0305", given("often")],
]);

rows("named parameters", [
	['$x = getopt("limit", 5);', "$x: int8"],
	['$x = getopt("limit", 5);', "$x: int16", given("--limit=7000")],
	['$x = getopt("verbose");', "$x: bool"],
	[
		'$x = getopt("verbose", false, "say more");',
		"$x: bool",
		given("--verbose"),
	],
	['$x = getopt("name", "none");', "$x: string[5]"],
	[
		'$x = getopt("name", "none");',
		"$x: string[11]",
		given("--name=longername"),
	],
	['$x = getopt("m", false); $y = $1;', "$x: bool, $y: int8", given("-m", "5")],
	[
		'if comptime (getopt("m", false)) { $x = 1; } else { $x = comm; }',
		"$x: int8",
		given("-m"),
	],
	['$x = getopt("m"); $y = getopt("m|much", 7);', "$x: int8, $y: int8"],
	['$x = getopt("m|much", 7);', "$x: int16", given("--much", "700")],
	['$x = getopt("m|much", 7);', "$x: int16", given("-m700")],
	[
		'$x = getopt("a"); $y = getopt("b|be", "");',
		"$x: bool, $y: string[3]",
		given("-ab", "no"),
	],
	['$x = getopt("4|ipv4", false);', "$x: bool", given("-4")],
	['$x = getopt("4", false); $y = $1;', "$x: bool, $y: int8", given("-5")],
	['$x = getopt("t", 10ms);', "$x: int64", given("-t", "5s")],
	['$x = getopt("<n>", 5); $y = $1;', "$x: int16, $y: int16", given("500")],
	[
		'$x = getopt("<n>"); $y = getopt("<n>", "a");',
		"$x: string[2], $y: string[2]",
	],
	['interval:s:$every { $x = getopt("<every>", 5); }', "$x: int8"],
	['interval:s:⟦$every⟧ { $x = getopt("other", 5); }', "E0305"],
	["$x = getopt(⟦comm⟧, 5);", "E0403"],
	['$x = getopt(⟦"a|"⟧, 5);', "E0480"],
	['$x = getopt("a", 5); $y = ⟦getopt("a|b", 6)⟧;', "E0481"],
]);

rows("what parameters decide when compiling", [
	['if (getopt("m")) { $x = nothing; } else { $y = 1; }', "$y: int8"],
	['if (getopt("m")) { $x = ⟦nothing⟧; }', "E0219", given("-m")],
	["if ($1 > 5) { $x = nothing; }", "", given("5")],
	["if (1) { $x = 1; } else { $x = ⟦nothing⟧; }", "E0219"],
	['$x = getopt("m") ? nothing : 5;', "$x: int8"],
	['$x = getopt("m") && nothing;', "$x: bool"],
	['$x = !getopt("m") || nothing;', "$x: bool"],
	['$x = if (getopt("m")) { nothing } else { 5 };', "$x: int8"],
	['let $x; if (getopt("m")) { $x = 5; }', "$x: int8"],
	[
		'if (getopt("m")) { @a[1, 2] = hist(3); } print(@a);',
		"@a[(int8, int8)]: hist (percpu_hash)",
	],
	[
		'if (getopt("m")) { @a[1, 2] = 1; } else { @a[comm] = comm; }',
		"@a[string[16]]: string[16]",
	],
	[
		'kprobe:nowhere /getopt("m") && args.nothing/ { @a = lhist(1, 0, 9, 1); } begin { print(@a); }',
		"@a: lhist (percpu_array)",
	],
	[
		'kprobe:⟦nowhere⟧ /getopt("m")/ { @a = 1; } begin { $x = 1; }',
		"E0313",
		given("-m"),
	],
	['kprobe:⟦nowhere⟧ /getopt("m")/ { @a = 1; }', "E0313"],
]);

rows("config blocks", [
	[
		"config = { max_strlen = 32 } kprobe:vfs_read { $x = str(arg1); }",
		"$x: string[32]",
	],
	[
		"config = { MAX_STRLEN = 32 } kprobe:vfs_read { $x = str(arg1); }",
		"$x: string[32]",
	],
	[
		"config = { BPFTRACE_MAX_STRLEN = 32 } kprobe:vfs_read { $x = str(arg1); }",
		"$x: string[32]",
	],
	["config = { ⟦strlen⟧ = 32 } kprobe:vfs_read { $x = str(arg1); }", "W0208"],
	["config = { ⟦symbol_source⟧ = dwarf } begin { exit(); }", "W0209"],
	[
		"config = { unstable_macro = false } ⟦macro m() { 1 }⟧ begin { print(m()); }",
		"E0251",
	],
	["config = { unstable_macro = 1 } macro m() { 1 } begin { print(m()); }", ""],
	["config = { print_maps_on_exit = off } begin { exit(); }", ""],
	["config = { cache_user_symbols = 1 } begin { exit(); }", ""],
	["config = { ⟦max_strln⟧ = 32 } begin { exit(); }", "E0239"],
	["config = { max_strlen = ⟦text⟧ } begin { exit(); }", "E0240"],
	["config = { max_map_keys = ⟦0⟧ } begin { exit(); }", "E0240"],
	["config = { missing_probes = ⟦never⟧ } begin { exit(); }", "E0240"],
	["config = { print_maps_on_exit = ⟦5⟧ } begin { exit(); }", "E0240"],
]);

const names = ["KASK_MAX_STRLEN", "BPFTRACE_MAX_STRLEN"];
afterEach(() => {
	for (const name of names) delete process.env[name];
});

function check(script: string) {
	const diagnostics = new Diagnostics();
	const checked = checkText(new Source("test.bt", script), diagnostics);
	return { checked, codes: diagnostics.all.map((d) => d.code) };
}

test.each([
	["strlen = 32", "max_strlen", 32n],
	["map_keys_max = 7", "max_map_keys", 7n],
	["no_cpp_demangle = 1", "cpp_demangle", false],
	["no_cpp_demangle = false", "cpp_demangle", true],
	["print_maps_on_exit = no", "print_maps_on_exit", false],
	["cache_user_symbols = 0", "cache_user_symbols", "NONE"],
	["unstable_tseries = 0", "unstable_tseries", "error"],
])("%s", (entry, name, value) => {
	const diagnostics = new Diagnostics();
	const text = `config = { ${entry} } begin { exit(); }`;
	const script = parseScript(new Source("s.bt", text), diagnostics);
	const environment = { variables: {} } as CompileEnvironment;
	const values = configurationValues(
		readConfiguration(script, environment, diagnostics),
	);
	expect(values.get(name)).toBe(value);
	expect(diagnostics.hasErrors).toBe(false);
});

test.each(names)("%s wins over the config block", (name) => {
	process.env[name] = "16";
	const script =
		"config = { max_strlen = 64 } kprobe:vfs_read { $x = str(arg1); }";
	const { checked } = check(script);
	expect(checked?.script.programs[0]?.variables[0]?.type).toEqual({
		kind: "string",
		size: 16,
	});
});

test("kask's own variable wins over bpftrace's", () => {
	process.env.KASK_MAX_STRLEN = "16";
	process.env.BPFTRACE_MAX_STRLEN = "32";
	const { checked } = check("kprobe:vfs_read { $x = str(arg1); }");
	expect(checked?.script.programs[0]?.variables[0]?.type).toEqual({
		kind: "string",
		size: 16,
	});
});

test("a variable that makes no sense is told", () => {
	process.env.KASK_MAX_STRLEN = "much";
	expect(check("begin { exit(); }").codes).toEqual(["E0803"]);
});
