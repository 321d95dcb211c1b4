// The text form of cases: what is read from it, and that mistakes in it are told with their place.
import { describe, expect, test } from "vitest";
import { CaseFileError, parseCases } from "./case-file.ts";

const TWO = `# a comment
name: first one
script: begin { exit(); }
stdout: hello

name: second one
needs: kprobe, disk
args: -f json tool.bt
file tool.bt:
	begin {
		exit();

	}
while:
	cat a
	cat b
match: ^@: \\d+$
exit: 3
timeout: 20
stop: SIGTERM
`;

describe("parseCases", () => {
	test("reads one-line and indented values", () => {
		const [first, second] = parseCases("x.case", TWO);
		expect(first).toMatchObject({
			name: "first one",
			place: "x.case:2",
			script: "begin { exit(); }",
			stdout: "hello",
			exit: 0,
			stop: "SIGINT",
		});
		expect(second).toMatchObject({
			script: undefined,
			args: "-f json tool.bt",
			files: [{ name: "tool.bt", text: "begin {\n\texit();\n\n}\n" }],
			during: "cat a\ncat b",
			match: [/^@: \d+$/],
			needs: ["kprobe", "disk"],
			exit: 3,
			timeoutSeconds: 20,
			stop: "SIGTERM",
		});
	});

	test.each([
		["nonsense\n", "x.case:1: not a field of a case: nonsense"],
		["name: a\nnope: 1\n", "x.case:2: not a field of a case: nope: 1"],
		["script: a\n", "x.case:1: a case starts with name"],
		["name: a\n", "x.case:1: a case needs a script or args"],
		["name: a\nscript: b\nexit: two\n", "x.case:3: exit must be a number"],
		["name: a\nscript: b\nstop: HUP\n", "x.case:3: stop is SIGINT or SIGTERM"],
		["name: a\nscript: b\nscript: c\n", "x.case:3: script is given twice"],
		["name: a\nscript: b\nname: a\nscript: c\n", 'x.case:3: "a" twice'],
	])("%j is a mistake", (text, message) => {
		expect(() => parseCases("x.case", text)).toThrow(
			new CaseFileError(message),
		);
	});

	test("a bad regular expression is told with its line", () => {
		const text = "name: a\nscript: b\nmatch: (\n";
		expect(() => parseCases("x.case", text)).toThrow(/^x\.case:3: .*regular/i);
	});
});
