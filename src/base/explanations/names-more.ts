// What `kask help CODE` tells of messages about names and types (E02, W02). See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const moreNamesExplanations = {
	E0221: {
		why: "Histograms and the like are kept as many cells on each CPU and put together when they are printed; inside the kernel there is no one number for them. count, sum, avg, min, max and stats of numbers can be read.",
		wrong: "begin { @h = hist(5); $x = @h; print($x); }",
		right: "begin { @h = hist(5); @n = count(); print(@n + 0); }",
	},
	E0222: {
		why: "A condition is a number, a bool, a pointer or a text: 0, false and empty count as no. Of a tuple or struct nobody can say which it is.",
		wrong: "begin { if ((1, 2)) { print(1); } }",
		right: "begin { if ((1, 2).0 == 1) { print(1); } }",
	},
	E0223: {
		why: "The operator does not do anything sensible with values of these types. Numbers are added, compared and shifted; texts are compared with == and !=, and put together by str_concat(); only written ones by +.",
		wrong: 'begin { print(comm + "!"); }',
		right: 'begin { print(str_concat(comm, "!")); }',
	},
	E0224: {
		why: "a ? b : c has one type, whichever way it goes.",
		wrong: 'begin { $x = cpu == 0 ? 1 : "one"; print($x); }',
		right: 'begin { $x = cpu == 0 ? "1" : "one"; print($x); }',
	},
	E0225: {
		why: "++ and -- change what they stand at, so it must be something that can be changed.",
		wrong: "begin { print(5++); }",
		right: "begin { $n = 5; print($n++); }",
	},
	E0226: {
		why: "A macro or function takes as many arguments as its definition lists.",
		wrong: "macro twice(x) { x * 2 }\nbegin { print(twice(1, 2)); }",
		right: "macro twice(x) { x * 2 }\nbegin { print(twice(2)); }",
	},
	E0227: {
		why: "A macro's text is put where its name stands, before anything runs. One that uses itself would never be finished.",
		wrong: "macro again(x) { again(x) }\nbegin { again(1); }",
		right: "macro again(x) { x }\nbegin { print(again(1)); }",
	},
	E0228: {
		why: "A macro's parameter written $x is a variable that the macro may change; @m, a map. There must be something to change, so a value alone will not do.",
		wrong: "macro bump($x) { $x++; }\nbegin { bump(5); }",
		right: "macro bump($x) { $x++; }\nbegin { $n = 5; bump($n); print($n); }",
	},
	E0229: {
		why: "A cast gives bytes another meaning, and between these types no meaning carries over: tuples have no single number, text does not become one, and a number is not a struct (though it may be a pointer to one).",
		wrong: "begin { $t = (1, 2); print((uint64)$t); }",
		right: "begin { $t = (1, 2); print((uint64)$t.0); }",
	},
	E0230: {
		why: "A type can stand in a cast, after let, and in sizeof(), but it is no value that could be printed or computed with.",
		wrong: "begin { print(typeof(uint8)); }",
		right: "begin { print(sizeof(uint8)); }",
	},
	E0231: {
		why: "This must be known when the script is compiled, before any event has happened, and its value is not. Written numbers and texts are known, so are sizes of types, $1, and the script's options.",
		wrong: "begin { if comptime (pid == 1) { print(1); } }",
		right: "begin { if (pid == 1) { print(1); } }",
	},
	E0232: {
		why: "if as a value must have a value either way.",
		wrong: "begin { $x = if (pid == 1) { 1 }; print($x); }",
		right: "begin { $x = if (pid == 1) { 1 } else { 2 }; print($x); }",
	},
	E0233: {
		why: "let makes a new variable, and there is one of that name in the same block already.",
		wrong: "begin { let $x = 1; let $x = 2; print($x); }",
		right: "begin { let $x = 1; $x = 2; print($x); }",
	},
	E0234: {
		why: "unroll writes its block down so many times, so it must know how often, and the program must not grow without measure.",
		wrong: "begin { unroll(1000) { print(1); } }",
		right: "begin { for ($i : 0..1000) { print($i); } }",
	},
	E0235: {
		why: "A range has a first number and the number it stops before.",
		wrong: 'begin { for ($i : "a".."b") { print($i); } }',
		right: "begin { for ($i : 0..10) { print($i); } }",
	},
	E0236: {
		why: "break and continue belong to the loop around them, and here is none.",
		wrong: "begin { break; }",
		right: "begin { for ($i : 0..10) { if ($i > 3) { break; } print($i); } }",
	},
	E0237: {
		why: "The function does something and gives nothing back, so there is nothing to assign or print.",
		wrong: "begin { @a = 1; $x = clear(@a); }",
		right: "begin { @a = 1; clear(@a); }",
	},
	E0238: {
		why: "An aggregation adds to what a map holds; without a map there is nothing to add to.",
		wrong: "begin { $x = count(); }",
		right: "begin { @x = count(); }",
	},
	E0239: {
		why: "There is no configuration variable of that name. docs/language.md lists them all.",
		wrong: "config = { max_map_key = 5 }\nbegin { exit(); }",
		right: "config = { max_map_keys = 5 }\nbegin { exit(); }",
	},
	E0240: {
		why: "The variable takes values of another kind.",
		wrong: "config = { stack_mode = pretty }\nbegin { exit(); }",
		right: "config = { stack_mode = perf }\nbegin { exit(); }",
	},
	E0241: {
		why: "Macros, functions, types and map declarations are found by their names, so each name can be given once.",
		wrong: "macro one() { 1 }\nmacro one() { 2 }\nbegin { print(one()); }",
		right:
			"macro one() { 1 }\nmacro two() { 2 }\nbegin { print(one() + two()); }",
	},
	E0242: {
		why: "A map can be declared as hash, lruhash, percpuhash or percpulruhash.",
		wrong: "let @a = lru_hash(10);\nbegin { @a[1] = 1; }",
		right: "let @a = lruhash(10);\nbegin { @a[1] = 1; }",
	},
	E0243: {
		why: "A map's room is set aside when it is made, so its declaration says for how many keys.",
		wrong: 'let @a = lruhash("x");\nbegin { @a[1] = 1; }',
		right: "let @a = lruhash(100);\nbegin { @a[1] = 1; }",
	},
	E0244: {
		why: "What a script defines in C is read by clang, and clang refused it for the reason shown. Kernel types may be used without an #include.",
		wrong:
			"struct place { int x; unknown_t y; };\nbegin { print(sizeof(struct place)); }",
		right:
			"struct place { int x; long y; };\nbegin { print(sizeof(struct place)); }",
	},
	E0245: {
		why: "A loop over a map goes through its keys, and this map has none: it holds one value.",
		wrong: "begin { @a = 1; for ($kv : @a) { print($kv.0); } }",
		right: "begin { @a[5] = 1; for ($kv : @a) { print($kv.0); } }",
	},
	E0246: {
		why: "A function returns what its head says; a probe returns a number or nothing.",
		wrong:
			'fn name($x: int64): int64 { return "none"; }\nbegin { print(name(1)); }',
		right:
			"fn name($x: int64): int64 { return $x; }\nbegin { print(name(1)); }",
	},
	E0247: {
		why: "Every way through a function must end with a return, or its caller would get nothing.",
		wrong:
			"fn sign($x: int64): int64 { if ($x < 0) { return -1; } }\nbegin { print(sign(1)); }",
		right:
			"fn sign($x: int64): int64 { if ($x < 0) { return -1; } return 1; }\nbegin { print(sign(1)); }",
	},
	E0248: {
		why: "A percpuhash keeps a value for each CPU. Aggregations know how to add these up; a plain value could only be that of one CPU or another, by chance.",
		wrong: "let @last = percpuhash(100);\nbegin { @last[pid] = nsecs; }",
		right: "let @last = hash(100);\nbegin { @last[pid] = nsecs; }",
	},
	E0249: {
		why: "A number cannot be divided by zero. Where a divisor turns out as zero only when running, the result is 1, which is told with its place; one that is written so is a mistake.",
		wrong: "begin { print(10 / 0); }",
		right: "begin { print(10 / ncpus); }",
	},
	E0254: {
		why: "Arithmetic is done in 64 bits, so there is no bit 64, nor one before bit 0. A count that is only known at run time is taken modulo 64, as the processor does; one that is written so is a mistake.",
		wrong: "begin { print(1 << 64); }",
		right: "begin { print(1 << 63); }",
	},
	E0250: {
		why: "The verifier must see that a program ends and how much stack it takes, and of a function that calls itself it can see neither.",
		wrong:
			"fn total($n: int64): int64 { if ($n > 0) { return $n + total($n - 1); } return 0; }\nbegin { print(total(5)); }",
		right:
			"fn total($n: int64): int64 { $sum = 0; for ($i : 0..($n + 1)) { $sum += $i; } return $sum; }\nbegin { print(total(5)); }",
	},
	E0251: {
		why: "A few parts of the language are still called unstable by bpftrace. Each has a switch that refuses it (error), warns of it (warn) or says nothing (enable), for scripts that must run with any version.",
		wrong:
			"config = { unstable_macro = error }\nmacro one() { 1 }\nbegin { print(one()); }",
		right:
			"config = { unstable_macro = enable }\nmacro one() { 1 }\nbegin { print(one()); }",
	},
	E0252: {
		why: "What a struct of the kernel has where differs from kernel to kernel. kask asks the kernel's own type information (BTF); a kernel built without it leaves only what the script defines itself.",
	},
	E0253: {
		why: "All that a script keeps has a size that is known when compiling: for text, the longest that is assigned. Text that is joined to itself has none.",
		wrong:
			'begin { $path = "c"; for ($i : 0..2) { $path = str_concat("d/", $path); } print($path); exit(); }',
		right:
			'begin { $path = "c"; for ($i : 0..2) { $path = str(str_concat("d/", $path), 64); } print($path); exit(); }',
	},
	W0208: {
		why: "bpftrace has given some of its variables other names. The older ones are understood; no_cpp_demangle says the contrary of what cpp_demangle says.",
		wrong: "config = { strlen = 200 } begin { print(comm); exit(); }",
		right: "config = { max_strlen = 200 } begin { print(comm); exit(); }",
	},
	W0209: {
		why: "bpftrace had this variable once and does without it now; kask never needed it. It is passed over, so that older scripts run.",
		wrong: 'config = { symbol_source = "dwarf" } begin { exit(); }',
		right: "begin { exit(); }",
	},
	W0207: {
		why: "A map without a value reads as 0, as in bpftrace, and this one never gets a value: the condition is always or never true. Mostly its name is misspelt, here or where it is written.",
		wrong: "begin { @count = 1; print(@counter + 1); exit(); }",
		right: "begin { @count = 1; print(@count + 1); exit(); }",
	},
	W0206: {
		why: "A variable belongs to the block that assigns it first. In scripts from before that rule it lived as long as its probe, so kask lets it, and says where it matters.",
		wrong: 'begin { if (pid > 1) { $kind = "other"; } print($kind); exit(); }',
		right:
			'begin { let $kind = ""; if (pid > 1) { $kind = "other"; } print($kind); exit(); }',
	},
	W0205: {
		why: "exit() and return end the probe at once, break and continue the turn of the loop. What stands behind them in the same block never runs.",
		wrong: "begin { exit(); print(1); }",
		right: "begin { print(1); exit(); }",
	},
	W0204: {
		why: "The kernel lets one loop of a program take 8388608 turns. The rest of the range will be left out, unless the loop is left before.",
		wrong: "begin { for ($i : 0..100000000) { @ += $i; } exit(); }",
		right:
			"begin { for ($j : 0..100) { for ($i : 0..1000000) { @ += $i; } } exit(); }",
	},
	W0203: {
		why: "The switch of this part of the language stands at warn: bpftrace may change it. kask itself has no doubts about it.",
		wrong:
			"config = { unstable_tseries = warn }\nbegin { @t = tseries(1, 1s, 5); }",
		right: "begin { @t = tseries(1, 1s, 5); }",
	},
	W0201: {
		why: "The value is computed and thrown away. Perhaps it was to be printed, or assigned, or = was meant and not ==.",
		wrong: "begin { pid == 1; exit(); }",
		right: "begin { _ = pid == 1; exit(); }",
	},
	W0202: {
		why: "The map is declared and never used. Perhaps its name is misspelt somewhere.",
		wrong: "let @starts = lruhash(100);\nbegin { @start[1] = 2; exit(); }",
		right: "let @start = lruhash(100);\nbegin { @start[1] = 2; exit(); }",
	},
} as const satisfies Explanations;
