// Statements, scopes and loops; blocks, ifs and ternaries as values; what is known when compiling; functions.
import { expect, test } from "vitest";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { rows } from "./check-rows.ts";
import { checkText } from "./check-text.ts";

rows("variables and scopes", [
	["let $x; $x = 5;", "$x: int8"],
	["let $x: uint16; $x = 5;", "$x: uint16"],
	["let $x: uint64 = -1 + pid;", "$x: uint64"],
	["let $x; { $x = comm; }", "$x: string[16]"],
	["if (pid) { $x = 1; } else { $x = comm; }", "$x: int8, $x_2: string[16]"],
	["let $x = 1; { let $x = comm; }", "$x: int8, $x_2: string[16]"],
	["$x = 1; if (pid) { $x = 1000; }", "$x: int16"],
	["$x = 1; $x += 1000;", "$x: int64"],
	["_ = pid;", ""],
	["if (pid) { let $x = 1; } print(⟦$x⟧);", "E0201"],
	["print(⟦$x⟧); $x = 1;", "E0201"],
	["let $x = 1; let ⟦$x⟧ = 2;", "E0233"],
	["let $x; print(⟦$x⟧);", "E0218"],
	["$x = 1; $x = ⟦comm⟧;", "E0202"],
	["let $x: uint8 = ⟦300⟧;", "E0202"],
	["let $x: uint8 = ⟦-1⟧;", "E0202"],
	["let $x: uint8 = ⟦comm⟧;", "E0202"],
	["let $x: ⟦uint9⟧ = 1;", "E0208"],
	["$x = ⟦nothing⟧; print($x + 1); $y = $x;", "E0219"],
	["⟦5⟧;", "W0201"],
	["⟦pid == 1⟧;", "W0201"],
	["⟦comm⟧;", "W0201"],
	["exit(); ⟦print(1)⟧; print(2);", "W0205"],
	["if (pid) { return; ⟦@ = 1⟧; } print(2);", "W0205"],
	["while (pid) { break; ⟦print(1)⟧ }", "W0205"],
	["if (pid) { exit(); } print(2);", ""],
]);

rows("loops", [
	["for ($i : 0..10) { print($i); }", "$i: int8"],
	["for ($i : 0..1000) { print($i); }", "$i: int16"],
	["for ($i : 0..pid) { print($i); }", "$i: uint32"],
	["$n = -5; for ($i : $n..5) { print($i); }", "$n: int8, $i: int8"],
	[
		"@a[1] = 2; for ($kv : @a) { $k = $kv.0; $v = $kv.1; }",
		"@a[int8]: int8, $kv: (int8, int8), $k: int8, $v: int8",
	],
	[
		"@a[1, comm] = count(); for ($kv : @a) { $k = $kv.0.1; $v = $kv.1; }",
		"@a[(int8, string[16])]: count (percpu_hash), $kv: ((int8, string[16]), uint64), $k: string[16], $v: uint64",
	],
	[
		"for ($i : 0..2) { for ($i : 0..500) { print($i); } }",
		"$i: int8, $i_2: int16",
	],
	[
		"$i = 0; while ($i < 5) { $i++; if ($i == 3) { break; } else { continue; } }",
		"$i: int64",
	],
	["unroll (3) { print(1); }", ""],
	["unroll ($1) { print(1); }", "", { parameters: ["3"] }],
	['for ($i : ⟦"a"⟧..5) { print($i); }', "E0235"],
	["for ($i : 0..⟦comm⟧) { print($i); }", "E0235"],
	["@a = 1; for ($kv : ⟦@a⟧) { print($kv); }", "E0245"],
	["for ($kv : ⟦@a⟧) { print($kv.0); }", "E0220"],
	["@h[1] = hist(1); for ($kv : ⟦@h⟧) { print($kv); }", "E0221"],
	["for ($i : 0..5) { print($i); } print(⟦$i⟧);", "E0201"],
	["unroll (⟦0⟧) { print(1); }", "E0234"],
	["unroll (⟦pid⟧) { print(1); }", "E0234"],
	["⟦break⟧;", "E0236"],
	["if (pid) { ⟦continue⟧; }", "E0236"],
]);

rows("conditions with a value", [
	["$x = pid ? 1 : 2;", "$x: int8"],
	["$x = pid ?: 5;", "$x: uint32"],
	['$x = pid ? "a" : "bcd";', "$x: string[4]"],
	['$x = pid ? (1, "a") : (pid, "bcd");', "$x: (uint32, string[4])"],
	["pid ? exit() : clear(@a); @a = 1;", "@a: int8"],
	["$x = if (pid) { 1 } else if (cpu) { 1000 } else { 2 };", "$x: int16"],
	["$x = { let $a = pid; $a * 2 };", "$a: uint32, $x: uint64"],
	["$x = { print(1); comm };", "$x: string[16]"],
	["$x = ⟦pid ? 1 : comm⟧;", "E0224"],
	["$x = ⟦pid ? 1 : exit()⟧;", "E0224"],
	["$x = ⟦pid ? kstack : ustack⟧;", "E0224"],
	["$x = ⟦if (pid) { 1 }⟧;", "E0232"],
	["$x = ⟦{ print(1); }⟧;", "E0237"],
]);

rows("known when compiling", [
	["if comptime (1 == 1) { $x = 1; } else { $x = nothing; }", "$x: int8"],
	[
		"if comptime (sizeof(uint32) == 8) { $x = nothing; } else { $x = comm; }",
		"$x: string[16]",
	],
	["if (comptime (1 == 2)) { $x = nothing; }", ""],
	["$x = comptime (2 + 3);", "$x: int8"],
	[
		"if comptime ($1 > 5) { $x = 1; } else { $x = comm; }",
		"$x: int8",
		{ parameters: ["7"] },
	],
	["if comptime (⟦pid == 1⟧) { exit(); }", "E0231"],
	["$x = comptime (⟦pid⟧);", "E0231"],
]);

rows("functions of the script", [
	[
		"fn twice($x: int64): int64 { return $x * 2; }\nbegin { $y = twice(5); }",
		"$y: int64",
	],
	[
		"fn half($x: uint64): uint32 { if ($x > 5) { return (uint32)$x; } return 0; }\nbegin { $y = half(5); }",
		"$y: uint32",
	],
	["fn say($x: int64): void { print($x); }\nbegin { say(5); }", ""],
	[
		"fn a($x: int64): int64 { return b($x); }\nfn b($x: int64): int64 { return $x; }\nbegin { $y = a(1); }",
		"$y: int64",
	],
	[
		"fn a($x: int64): int64 { return b($x); }\nfn b($x: int64): int64 { return ⟦a($x)⟧; }\nbegin { $y = a(1); }",
		"E0250",
	],
	["fn f(): int64 { return ⟦comm⟧; }\nbegin { $y = f(); }", "E0246"],
	["fn f(): void { return ⟦5⟧; }\nbegin { f(); }", "E0246"],
	["fn f(): int64 { ⟦return⟧; }\nbegin { f(); }", "E0246"],
	["fn ⟦f⟧(): int64 { if (pid) { return 5; } }\nbegin { f(); }", "E0247"],
	["fn f($x: int64): int64 { return $x; }\nbegin { $y = ⟦f()⟧; }", "E0226"],
	["fn f($x: int64): int64 { return $x; }\nbegin { $y = f(⟦comm⟧); }", "E0403"],
	["fn f($x: ⟦nothing⟧): int64 { return 1; }\nbegin { exit(); }", "E0208"],
	["fn f(): int64 { return ⟦arg0⟧; }\nbegin { f(); }", "E0460"],
	[
		"fn same($x: uint32): typeof($x) { return $x; }\nbegin { $y = same(5); }",
		"$y: uint32",
	],
	["begin { return 5; }", ""],
	["begin { return ⟦comm⟧; }", "E0246"],
]);

test.each([
	["begin { $x += 1; }", "assign it first, for example $x = 0;"],
	[
		"begin { $y = $x; if (1) { $x = 1; } }",
		"it is known only in the block that assigns it; declare it before that block: let $x;",
	],
])("what is not assigned is told how it can be: %s", (script, help) => {
	const diagnostics = new Diagnostics();
	checkText(new Source("test.bt", script), diagnostics);
	expect(diagnostics.all.map((d) => d.help)).toEqual([help]);
});
