// The one message table. A code is never reused; wording may change, meaning may not.
// E01 text and syntax, E02 names and types, E03 probes, E04 builtins and maps, E05 code generation and limits,
// E06 tools and files, E07 kernel and run time, E08 command line, E09 bugs of ours. W… are warnings.
// `{name}` slots are filled by the report; `help` is one thing to do.

export const messages = {
	E0101: {
		text: "unexpected character {char}",
		help: "remove it, or put it into a string",
	},
	E0102: { text: "expected {expected}, found {found}" },
	E0103: { text: "unterminated string", help: 'close it with "' },
	E0104: { text: "unterminated comment", help: "close it with */" },
	E0105: { text: "invalid number {number}", help: "{why}" },
	E0106: {
		text: "invalid escape sequence {escape} in a string",
		help: 'use \\n, \\t, \\r, \\a, \\", \\\\, \\xHH or octal \\NNN',
	},
	E0107: { text: "{what} must come before {before}", help: "move it up" },
	E0108: {
		text: "empty script",
		help: 'write at least one probe, for example: begin { printf("hello\\n"); }',
	},
	E0109: { text: "this `{open}` is never closed", help: "add `{close}`" },
	E0110: {
		text: "`=` assigns, it does not compare",
		help: "write == to compare",
	},
	E0111: {
		text: "a string stands in double quotes",
		help: 'write "{content}"',
	},
	E0112: {
		text: "the arguments of {name} stand in parentheses",
		help: "write {name}(…)",
	},
	E0113: {
		text: "a probe is written without spaces",
		help: "write {joined}",
	},
	E0114: {
		text: "cannot assign to {what}",
		help: "only variables ($x) and maps (@x, @x[key]) can be assigned; build a new value instead",
	},
	E0115: { text: "field {name} is given twice", help: "remove one of them" },
	E0116: {
		text: "a probe needs its type before the first `:`",
		help: "for example kprobe:{rest}",
	},
	E0117: { text: "this `{close}` closes nothing", help: "remove it" },
	E0118: {
		text: "probes do not nest",
		help: "close the block before this probe with `}`",
	},
	E0119: { text: "{word} does not exist in this language", help: "{help}" },
	E0701: {
		text: "cannot load {library}: {why}",
		help: "on Debian and Ubuntu: apt-get install libbpf1",
	},
	E0702: { text: "no permission to {what}", help: "run it as root" },
	E0703: {
		text: "cannot {what}: this kernel refuses it (locked down, as with Secure Boot)",
		help: "use a tracepoint or rawtracepoint probe instead; list them with: kask -l 'tracepoint:*'",
	},
	E0704: {
		text: "the kernel's verifier rejected the program of {probe}",
		help: "see the whole log with -v",
	},
	E0705: {
		text: "cannot create map {map}: {why}",
		help: "make it smaller with max_map_keys",
	},
	E0706: {
		text: "cannot load the program into the kernel: {why}",
		help: "see the whole log with -v",
	},
	E0707: {
		text: "{what} is not offered by this kernel",
		help: "it came with Linux {since}; see: kask --info",
	},
	E0708: { text: "cannot attach {probe}: {why}" },
	E0709: {
		text: "tracefs is not mounted, and mounting it failed: {why}",
		help: "mount -t tracefs nodev /sys/kernel/tracing",
	},
	E0710: {
		text: "cannot map the ring buffer: {why}",
		help: "make it smaller with perf_rb_pages",
	},
	E0711: { text: "cannot read map {map}: {why}" },
	E0712: {
		text: "cannot attach {probe}: more than {limit} files would be open",
		help: "raise the limit: ulimit -n 65536",
	},
} as const satisfies Record<
	string,
	{ readonly text: string; readonly help?: string }
>;

export type MessageCode = keyof typeof messages;
