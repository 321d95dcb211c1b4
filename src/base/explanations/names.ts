// What `kask help CODE` tells of messages about names and types (E02, W02). See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const namesExplanations = {
	E0201: {
		why: "A variable lives from where it is first assigned to the end of the braces around that place. Read elsewhere it has no value. For something that outlives the block, or is shared by probes, use a map (@).",
		wrong: "begin { if (pid > 1) { let $count = 1; } print($count); }",
		right: "begin { $count = 0; if (pid > 1) { $count = 1; } print($count); }",
	},
	E0202: {
		why: "A variable keeps the type of the first value that it was given, because the kernel needs to know how much room it takes and what may be done with it.",
		wrong: 'begin { $x = 1; $x = "text"; }',
		right: 'begin { $x = 1; $text = "text"; print(($x, $text)); }',
	},
	E0203: {
		why: "A map holds one kind of value for as long as it lives: a number, a text, or one aggregation. count() and hist() keep quite different things, and so does one map for both.",
		wrong:
			"tracepoint:syscalls:sys_enter_read { @lat = hist(args.count); }\ntracepoint:syscalls:sys_exit_read { @lat = count(); }",
		right:
			"tracepoint:syscalls:sys_enter_read { @lat = hist(args.count); }\ntracepoint:syscalls:sys_exit_read { @reads = count(); }",
	},
	E0204: {
		why: "A macro sees only what it is given, so that it does the same wherever it is used. A map is passed to it like a variable.",
		wrong: "macro bump() { @n++; }\nbegin { bump(); }",
		right: "macro bump(@n) { @n++; }\nbegin { bump(@n); }",
	},
	E0205: {
		why: "The map was used with keys; without one, nobody can tell which of its values is meant.",
		wrong: "begin { @a[1] = 1; @a = 2; }",
		right: "begin { @a[1] = 1; @a[2] = 2; }",
	},
	E0206: {
		why: "The map was used without keys, as a single value. One map is one or the other.",
		wrong: "begin { @a = 1; @a[1] = 2; }",
		right: "begin { @total = 1; @a[1] = 2; }",
	},
	E0207: {
		why: "All keys of a map have one type, since the kernel compares their bytes. Several parts make one key: @a[pid, comm].",
		wrong: 'begin { @a[1] = 1; @a["one"] = 1; }',
		right: 'begin { @a[1, ""] = 1; @a[0, "one"] = 1; }',
	},
	E0208: {
		why: "Types are those of the kernel (from its BTF), of a program's debug information, of the script's own C, and the language's own: int8 to uint64, bool, string, and so on. This is none of them.",
		wrong: "begin { $t = (struct task_strukt *)0; print($t); }",
		right: "begin { $t = (struct task_struct *)0; print($t); }",
	},
	E0209: {
		why: "The name of the type is known and that there are pointers to it, but not what it is made of: the kernel's BTF holds only a declaration. Parts of it can't be read until the script defines it.",
		wrong: "kprobe:tcp_connect { print(((struct sock *)arg0).security.blob); }",
		right: "kprobe:tcp_connect { print(((struct sock *)arg0).security); }",
	},
	E0210: {
		why: ". and -> read a member of a struct, or of what a pointer to a struct leads to. A plain number has no members, even where it happens to be an address: say what it points to by a cast.",
		wrong: "begin { $x = 5; print($x.pid); }",
		right: "begin { $x = 5; print(((struct task_struct *)$x).pid); }",
	},
	E0211: {
		why: "The struct is known and has no such member. Members differ between versions of the kernel; kask -lv shows what a probe's args hold, kask -lv 'struct NAME' what a struct holds.",
		wrong: "begin { print(curtask.pidd); }",
		right: "begin { print(curtask.pid); }",
	},
	E0212: {
		why: "The elements of a tuple are numbered from 0.",
		wrong: "begin { $t = (1, 2); print($t.2); }",
		right: "begin { $t = (1, 2); print($t.1); }",
	},
	E0213: {
		why: "Arrays and pointers count their elements. Looking something up by text takes a map.",
		wrong: 'begin { $a = (uint8[4])"abc"; print($a["x"]); }',
		right: 'begin { $a = (uint8[4])"abc"; print($a[1]); }',
	},
	E0214: {
		why: "Only what has elements can be indexed. For the bits of a number use >> and &.",
		wrong: "begin { $x = true; print($x[0]); }",
		right: "begin { $x = (1, 2); print($x.0); }",
	},
	E0215: {
		why: "The array has fewer elements than this index needs. Indexes begin at 0, so that the last is one less than the length.",
		wrong: 'begin { $a = (uint8[4])"abc"; print($a[4]); }',
		right: 'begin { $a = (uint8[4])"abc"; print($a[3]); }',
	},
	E0216: {
		why: "* reads what a pointer points to, and this value is not a pointer, or points to something without size. Numbers become pointers by a cast.",
		wrong: 'begin { $s = "text"; print(*$s); }',
		right: 'begin { $s = "text"; print($s); }',
	},
	E0217: {
		why: "& gives the address of something that stands in memory. A value just computed stands nowhere.",
		wrong: "begin { print(&5); }",
		right: "begin { $five = 5; print(*&$five); }",
	},
	E0218: {
		why: "Nothing says what the variable will hold: let without a value takes its type from the first assignment, and there is none before it is read.",
		wrong: "begin { let $x; print($x); }",
		right: "begin { let $x : uint64; print($x); }",
	},
	E0219: {
		why: "A bare word is a builtin, a macro, an enum constant or a #define of the script. This is none of them. Variables begin with $, maps with @.",
		wrong: "begin { print(pidd); }",
		right: "begin { print(pid); }",
	},
	E0220: {
		why: "A map that nothing is ever written to holds nothing that could be printed or gone through. Mostly its name is misspelt, here or where it is written.",
		wrong: "begin { @count[pid] = 1; print(@counts); }",
		right: "begin { @count[pid] = 1; print(@count); }",
	},
} as const satisfies Explanations;
