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
} as const satisfies Record<
	string,
	{ readonly text: string; readonly help?: string }
>;

export type MessageCode = keyof typeof messages;
