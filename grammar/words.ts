// The words and signs of the language, as `kask help while` tells them. docs/language.md tells them at length.

export interface LanguageWord {
	/** The first is the one that lists show. */
	readonly names: readonly string[];
	readonly forms: readonly string[];
	readonly doc: string;
	/** A script that runs as it stands. */
	readonly example: string;
}

export const languageWords: readonly LanguageWord[] = [
	{
		names: ["predicate", "/"],
		forms: ["PROBE /CONDITION/ { … }"],
		doc: "The block runs only for events of which the condition holds. It is asked in the kernel, so what does not fit costs little.",
		example:
			'tracepoint:syscalls:sys_enter_openat /comm == "cat"/ { @ = count(); }',
	},
	{
		names: ["??", "alternatives"],
		forms: ["PROBE ?? PROBE { … }"],
		doc: "The first of the probes that this kernel has. -v tells which one was taken, and why not the others.",
		example:
			"kprobe:vfs_read ?? tracepoint:syscalls:sys_enter_read { @ = count(); }",
	},
	{
		names: ["variable", "$"],
		forms: ["$NAME = VALUE"],
		doc: "A variable begins with $ and lives for one run of the block. It keeps the type of its first value.",
		example: 'begin { $x = 6; $x *= 7; printf("%d\\n", $x); exit(); }',
	},
	{
		names: ["let"],
		forms: ["let $NAME", "let $NAME: TYPE = VALUE", "let @NAME = hash(KEYS);"],
		doc: "Declares a variable, which is then known to the end of the braces around; or, before all probes, a map's kind (hash, lruhash, percpuhash, percpulruhash) and for how many keys it has room.",
		example:
			"let @seen = lruhash(100); begin { let $n: uint64 = 1; @seen[$n] = 1; exit(); }",
	},
	{
		names: ["map", "@"],
		forms: ["@NAME = VALUE", "@NAME[KEY, …] = VALUE"],
		doc: "A map begins with @, is shared by all probes, and is printed when kask ends. With keys in brackets it holds a value for each; what was never set reads as 0. It has room for max_map_keys keys.",
		example: "tracepoint:syscalls:sys_enter_openat { @[comm] = count(); }",
	},
	{
		names: ["parameter", "$1", "$#"],
		forms: ["$1, $2 …", "$#"],
		doc: "The words after the script, numbers or text, and how many they are. One that is not given is 0, or the empty text. Options with names: getopt.",
		example: 'begin { printf("%d words, %s\\n", $#, str($1)); exit(); }',
	},
	{
		names: ["if", "else"],
		forms: ["if (CONDITION) { … } else if (CONDITION) { … } else { … }"],
		doc: "Chooses what to do; braces are needed. It is a value, too, where the last line of each block has no semicolon.",
		example:
			'begin { if (pid > 1) { print("many"); } else { print("one"); } exit(); }',
	},
	{
		names: ["?:", "?", "ternary"],
		forms: ["CONDITION ? VALUE : VALUE", "VALUE ?: VALUE"],
		doc: "The value before the colon where the condition holds, else the one behind it. Without a middle: the first value where it is not 0.",
		example: 'begin { printf("%s\\n", cpu == 0 ? "first" : "other"); exit(); }',
	},
	{
		names: ["for"],
		forms: ["for ($i : FROM..TO) { … }", "for ($kv : @MAP) { … }"],
		doc: "Goes over a range, of which TO is not part, or over a map, where $kv.0 is the key and $kv.1 the value.",
		example:
			'begin { for ($i : 0..3) { @[$i] = $i * $i; } for ($kv : @) { printf("%d: %d\\n", $kv.0, $kv.1); } exit(); }',
	},
	{
		names: ["while"],
		forms: ["while (CONDITION) { … }"],
		doc: "Goes round as long as the condition holds. The kernel's verifier must see that this ends; for over a range always does.",
		example:
			"begin { $n = 0; while ($n < 10) { $n += 3; } print($n); exit(); }",
	},
	{
		names: ["unroll"],
		forms: ["unroll (COUNT) { … }"],
		doc: "Puts the block so many times one after the other: 1 to 100, known when compiling.",
		example: "begin { unroll (3) { @n++; } exit(); }",
	},
	{
		names: ["break", "continue"],
		forms: ["break", "continue"],
		doc: "Leaves the loop; goes on with its next turn.",
		example:
			"begin { for ($i : 0..9) { if ($i == 2) { continue; } if ($i == 5) { break; } print($i); } exit(); }",
	},
	{
		names: ["return"],
		forms: ["return", "return VALUE"],
		doc: "Ends the probe's block, for this event; in fn, with the function's value.",
		example:
			'begin { if (uid != 0) { return; } print("root"); } end { print("ended"); }',
	},
	{
		names: ["macro"],
		forms: ["macro NAME(value, $variable, @map) { … }"],
		doc: "Code that is put where its name stands. Its last expression, without a semicolon, is its value.",
		example:
			"macro larger(a, b) { a > b ? a : b } begin { print(larger(3, 5)); exit(); }",
	},
	{
		names: ["fn"],
		forms: ["fn NAME($PARAMETER: TYPE, …): TYPE { … }"],
		doc: "A function with typed parameters and a typed result. It cannot call itself.",
		example:
			"fn area($w: int64, $h: int64): int64 { return $w * $h; } begin { print(area(6, 7)); exit(); }",
	},
	{
		names: ["comptime"],
		forms: ["if comptime (CONDITION) { … }", "comptime VALUE"],
		doc: "Evaluated when the script is compiled, or refused. The branch that is not taken is not even checked.",
		example:
			'begin { if comptime (is_integer(5)) { print("a number"); } exit(); }',
	},
	{
		names: ["import"],
		forms: ['import "FILE.bt";', 'import "FOLDER";', 'import "FILE.h";'],
		doc: "Brings in another script's probes, macros and definitions, all that is in a folder, or C. A path starts in the script's own folder.",
		example: 'import "stdlib"; begin { exit(); }',
	},
	{
		names: ["struct", "union", "enum", "#include", "#define", "#if"],
		forms: [
			"struct NAME { TYPE MEMBER; … };",
			"enum NAME { NAME = NUMBER, … };",
			"#include <FILE>",
			"#define NAME VALUE",
		],
		doc: "Definitions in C, before all probes. Types of the kernel need none, and no headers: kask -lv 'struct task_struct' shows them.",
		example:
			"struct point { int x; long y; }; begin { print(sizeof(struct point)); exit(); }",
	},
	{
		names: ["cast", "types"],
		forms: ["(TYPE)VALUE"],
		doc: "Takes a value for one of another type: bool, int8 to int64, uint8 to uint64, pointers, arrays. What does not fit is cut. string[N], inet, mac, ksym, usym and others are made by functions.",
		example:
			"begin { print((uint8)257); print(((struct task_struct *)curtask).pid); exit(); }",
	},
	{
		names: ["tuple", "record"],
		forms: ["(VALUE, VALUE)", "(NAME = VALUE, …)"],
		doc: "Several values as one, also as key or value of a map. Parts are read by number, $t.0, or by name, $r.id.",
		example:
			'begin { $t = (7, "seven"); $r = (id = 9, text = "nine"); print($t.1); print($r.id); exit(); }',
	},
	{
		names: ["sizeof", "offsetof", "typeof", "typeinfo"],
		forms: [
			"sizeof(TYPE or VALUE)",
			"offsetof(TYPE, MEMBER)",
			"typeof(VALUE)",
			"typeinfo(TYPE or VALUE)",
		],
		doc: "Asked of types when compiling: bytes, where a member stands, the type of a value to be used as one, and its names.",
		example:
			"begin { $a = (uint16)5; let $b: typeof($a) = 6; print(sizeof($b)); exit(); }",
	},
	{
		names: ["true", "false", "bool"],
		forms: ["true", "false"],
		doc: "The two values of type bool, printed by name, or as 1 and 0 with %d.",
		example: "begin { @seen = true; print(@seen); exit(); }",
	},
];

export function languageWord(name: string): LanguageWord | undefined {
	return languageWords.find(({ names }) => names.includes(name));
}
