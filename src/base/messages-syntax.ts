// The part of the message table that the grammar uses (E01); see messages.ts for how it is read.

export const syntaxMessages = {
	E0101: {
		text: "unexpected character {char}",
		help: "remove it, or put it into a string",
	},
	E0102: {
		text: "expected {expected}, found {found}",
		help: "put {expected} there",
	},
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
	E0119: {
		text: "nested too deeply",
		help: "split it into several statements",
	},
	E0120: { text: "{what} is given twice", help: "keep one of them" },
} as const satisfies Record<
	string,
	{ readonly text: string; readonly help: string }
>;
