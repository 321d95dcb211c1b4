// Macros: what their parameters stand for, that their names meet nobody's, and which of several is meant.
import { rows } from "./check-rows.ts";

rows("expressions", [
	["macro one() { 1 }\nbegin { $x = one() + one; }", "$x: int8"],
	["macro twice(x) { x * 2 }\nbegin { $x = twice(pid); }", "$x: uint64"],
	[
		"macro twice(x) { x + x }\nbegin { $x = twice(twice(twice(1000))); }",
		"$x: int16",
	],
	[
		"macro a(x) { b(x) } macro b(x) { (x, comm) }\nbegin { $x = a(pid); }",
		"$x: (uint32, string[16])",
	],
	[
		"macro third(t) { t.2 }\nbegin { $x = third((1, 2, comm)); }",
		"$x: string[16]",
	],
	["macro of(m) { m }\nbegin { @a = 5; $x = of(@a); }", "@a: int8, $x: int8"],
	[
		"macro of(m) { len(m) }\nbegin { @a[1] = 5; $x = of(@a); }",
		"@a[int8]: int8, $x: int64",
	],
	[
		"macro swap(a, b) { (b, a) }\nbegin { $x = swap(1, comm); }",
		"$x: (string[16], int8)",
	],
	["macro say(x) { print(x); }\nbegin { say(1); say(comm); }", ""],
	[
		"macro keep(x) { let $x = x; $x }\nbegin { $y = keep(5) + keep(1000); }",
		"$x: int8, $x_2: int16, $y: int64",
	],
]);

rows("variables and maps", [
	["macro bump($v) { $v += 1000; }\nbegin { $x = 1; bump($x); }", "$x: int64"],
	[
		"macro set($v, @m, x) { $v = x; @m[x] = 1; }\nbegin { $a = 0; set($a, @b, pid); }",
		"@b[uint32]: int8, $a: uint32",
	],
	[
		"macro add(@m, k) { @m[k] = count(); }\nbegin { add(@a, 1); add(@b, comm); }",
		"@a[int8]: count (percpu_hash), @b[string[16]]: count (percpu_hash)",
	],
	[
		"macro outer(@n) { inner(@n) } macro inner(@m) { @m++; }\nbegin { outer(@a); }",
		"@a: int64",
	],
	[
		"macro outer($n) { inner($n) } macro inner($m) { $m++; }\nbegin { $a = 1; outer($a); }",
		"$a: int64",
	],
	[
		"macro outer(n) { inner(n) } macro inner($m) { $m++; }\nbegin { $a = 1; outer($a); }",
		"$a: int64",
	],
	["macro bump($v) { $v++; }\nbegin { bump(⟦5⟧); }", "E0228"],
	["macro bump($v) { $v++; }\nbegin { @a = 1; bump(⟦@a⟧); }", "E0228"],
	["macro bump(@m) { @m++; }\nbegin { $a = 1; bump(⟦$a⟧); }", "E0228"],
	["macro bump(@m) { @m++; }\nbegin { @a[1] = 1; bump(⟦@a[1]⟧); }", "E0228"],
	["macro bump($v) { $v++; }\nbegin { bump(⟦$a⟧); }", "E0201"],
]);

rows("names meet nobody's", [
	[
		"macro m(x) { let $a = x; $a }\nbegin { $a = comm; $b = m(pid); }",
		"$a: string[16], $a_2: uint32, $b: uint32",
	],
	[
		"macro m(x) { $a = 1; x }\nbegin { $a = comm; $b = m($a); }",
		"$a: string[16], $a_2: int8, $b: string[16]",
	],
	["macro m() { print(⟦$a⟧); }\nbegin { $a = 1; m(); }", "E0201"],
	["macro m() { ⟦@a⟧ = 1; }\nbegin { @a = 1; m(); }", "E0204"],
	["macro m() { ⟦break⟧; }\nbegin { for ($i : 0..5) { m(); } }", "E0236"],
	["macro m() { let $inside = 1; }\nbegin { m(); print(⟦$inside⟧); }", "E0201"],
]);

rows("which one is meant", [
	[
		"macro f(a) { 1 } macro f(a, b) { comm }\nbegin { $x = f(1); $y = f(1, 2); }",
		"$x: int8, $y: string[16]",
	],
	[
		"macro f($v) { 1 } macro f(@m) { comm } macro f(e) { true }\nbegin { $a = 0; @b = 0; $x = f($a); $y = f(@b); $z = f(5); }",
		"@b: int8, $a: int8, $x: int8, $y: string[16], $z: bool",
	],
	["macro pid() { comm }\nbegin { $x = pid; }", "$x: string[16]"],
	["macro f(a) { a }\nbegin { $x = ⟦f(1, 2)⟧; }", "E0226"],
	["macro f(a) { a }\nbegin { $x = ⟦f⟧; }", "E0219"],
	["macro f(a) { a } macro ⟦f⟧(a) { a + 1 }\nbegin { $x = f(1); }", "E0241"],
	["macro f(a, ⟦a⟧) { a }\nbegin { $x = f(1, 2); }", "E0120"],
	["macro f(a) { ⟦f(a)⟧ }\nbegin { $x = f(1); }", "E0227"],
	["macro f(a) { g(a) } macro g(a) { ⟦f(a)⟧ }\nbegin { $x = f(1); }", "E0227"],
	["macro f(a) { ⟦a⟧; }\nbegin { $x = ⟦f(1)⟧; }", "W0201 E0237"],
]);

rows("types as arguments", [
	[
		"macro cast(t, x) { (t)x }\nbegin { $x = cast(typeof(uint8), 300); }",
		"$x: uint8",
	],
	[
		"macro at(t, x) { (t *)x }\nbegin { $x = at(typeof(struct file), 5); }",
		"$x: struct file *",
	],
	[
		"macro size(t) { sizeof(t) }\nbegin { $x = size(typeof(uint32)); $y = size(pid); }",
		"$x: uint64, $y: uint64",
	],
	[
		"macro off(t, m) { offsetof(t, m) }\nbegin { $x = off(typeof(struct file), f_path.dentry); }",
		"$x: uint64",
	],
	[
		"macro zero(x) { let $z: typeof(x); $z }\nbegin { $x = zero(comm); }",
		"$z: string[16], $x: string[16]",
	],
]);
