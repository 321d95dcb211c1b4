// What `kask help CODE` tells of messages about text and syntax (E01). See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const syntaxExplanations = {
	E0101: {
		why: "This character means nothing in the language, and it does not stand in a string or a comment. It often comes in with text copied from a web page: quotes that are bent, back-ticks, a no-break space.",
		wrong: "begin { print(`x`); }",
		right: 'begin { print("x"); }',
	},
	E0102: {
		why: "At this place the grammar allows only certain things, and something else stands there. Mostly a `;`, a closing bracket or an operator was forgotten just before.",
		wrong: 'begin { printf("hello\\n") exit(); }',
		right: 'begin { printf("hello\\n"); exit(); }',
	},
	E0103: {
		why: 'A string begins with " and must end with " on the same line. A line end within it is written \\n.',
		wrong: 'begin { printf("hello\\n); }',
		right: 'begin { printf("hello\\n"); }',
	},
	E0104: {
		why: "A comment that begins with /* runs to the next */. Without one, the rest of the script would be comment.",
		wrong: "begin { exit(); }\n/* the end",
		right: "begin { exit(); }\n/* the end */",
	},
	E0105: {
		why: "Numbers are whole: decimal, 0x hexadecimal, 0 and octal digits, or one digit, e and a power of ten. They may have _ between digits, and a suffix for time (ns us ms s m h d) or, as in C, u l ul ll ull. There are no fractions in the kernel.",
		wrong: "begin { print(10kb); }",
		right: "begin { print(10 * 1024); }",
	},
	E0106: {
		why: "A backslash in a string begins an escape sequence, and this is none. The backslash itself is written \\\\.",
		wrong: 'begin { print("C:\\dir"); }',
		right: 'begin { print("C:\\\\dir"); }',
	},
	E0107: {
		why: "Some items of a script must come before others: the config block first of all, because what follows may depend on it, and imports, macros and definitions before what uses them.",
		wrong: "begin { exit(); }\nconfig = { max_strlen = 64 }",
		right: "config = { max_strlen = 64 }\nbegin { exit(); }",
	},
	E0108: {
		why: "A script without a probe would never do anything. Comments, macros and definitions alone are not enough, except in a file that another script imports.",
		wrong: "// only a comment",
		right: '// says hello\nbegin { printf("hello\\n"); }',
	},
	E0109: {
		why: "A bracket was opened here and is never closed, so that all that follows seems to belong to it. The place shown is the opening one; where the closing one should have been cannot be known.",
		wrong: "begin { if (pid == 1) { print(1); }",
		right: "begin { if (pid == 1) { print(1); } }",
	},
	E0110: {
		why: "= changes a variable or a map, == asks whether two values are equal. In a condition only asking makes sense.",
		wrong: "begin /pid = 1/ { exit(); }",
		right: "begin /pid == 1/ { exit(); }",
	},
	E0111: {
		why: "Strings stand in double quotes, single letters too. Single and typographic quotes have no meaning.",
		wrong: "begin { printf('hello'); }",
		right: 'begin { printf("hello"); }',
	},
	E0112: {
		why: "What a function is given stands in parentheses, also where it is one thing only.",
		wrong: 'begin { printf "hello"; }',
		right: 'begin { printf("hello"); }',
	},
	E0113: {
		why: "A probe is one word: type, colon, parts, without white space, because white space is what ends it.",
		wrong: "tracepoint: syscalls:sys_enter_read { exit(); }",
		right: "tracepoint:syscalls:sys_enter_read { exit(); }",
	},
	E0114: {
		why: "Only a script's own variables and maps can be given values. What a probe brings, and the kernel's memory, can be read but not changed; tuples and records are made anew.",
		wrong: "tracepoint:syscalls:sys_enter_read { args.fd = 1; }",
		right:
			"tracepoint:syscalls:sys_enter_read { $fd = args.fd + 1; print($fd); }",
	},
	E0115: {
		why: "The fields of a record are told apart by their names, so each can be given once.",
		wrong: "begin { print((pid = pid, pid = tid)); }",
		right: "begin { print((pid = pid, tid = tid)); }",
	},
	E0116: {
		why: "Before the first colon of a probe stands its type; without it nobody can know what the rest means.",
		wrong: ":vfs_read { exit(); }",
		right: "kprobe:vfs_read { exit(); }",
	},
	E0117: {
		why: "There is one closing bracket more than there are opening ones. Perhaps the block was closed earlier than was meant.",
		wrong: "begin { exit(); }\n}",
		right: "begin { exit(); }",
	},
	E0118: {
		why: "A probe stands at the top of a script, and not in the block of another: blocks run when an event happens, when all probes have long been attached. Mostly a } is missing above.",
		wrong: "begin { interval:s:1 { exit(); } }",
		right: 'begin { print("waiting"); }\ninterval:s:1 { exit(); }',
	},
	E0119: {
		why: "Expressions and blocks may stand in each other some 200 deep, and rows of operators be 1000 long. Nothing that people write comes near; text made by a program may.",
		wrong:
			"begin { print(!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!!1); }",
		right: "begin { print(!!1); }",
	},
	E0120: {
		why: "This may be given once only: two config blocks, or two parameters of one name, would contradict each other.",
		wrong:
			"config = { max_strlen = 64 }\nconfig = { max_map_keys = 100 }\nbegin { exit(); }",
		right:
			"config = { max_strlen = 64; max_map_keys = 100 }\nbegin { exit(); }",
	},
} as const satisfies Explanations;
