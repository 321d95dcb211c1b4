// Machine code by lines of the script, as bytes and as instructions.
import { expect, test } from "vitest";
import { readListing } from "../../runtime/explain/disassemble.ts";
import { describeMachineCode } from "../../src/explain/describe-machine-code.ts";

const code = {
	functions: [],
	bytes: Uint8Array.from([0x0f, 0x1f, 0x44, 0x00, 0x00, 0x55, 0xc3, 0x90]),
	lines: [
		{ offset: 2, origin: { file: "/here/one.bt", line: 1 } },
		{ offset: 5, origin: { file: "/here/one.bt", line: 3 } },
		{ offset: 6, origin: { file: "/kask/ring.bpf.h", line: 20 } },
		{ offset: 7, origin: { file: "/here/one.bt", line: 1 } },
	],
};

test("bytes stand by the line that they come from, templates' by the line that brought them in", () => {
	expect(describeMachineCode(code, undefined, "one.bt")).toEqual([
		{ line: 1, text: ["0f 1f 44 00 00"] },
		{ line: 3, text: ["55 c3"] },
		{ line: 1, text: ["90"] },
	]);
});

test("a listing is read as it is printed", () => {
	const listing = `
/tmp/code:     file format binary


Disassembly of section .data:

0000000000000000 <.data>:
ffffffffc0001000:	0f 1f 44 00 00       	nopl   0x0(%rax,%rax,1)
ffffffffc0001005:	55                   	push   %rbp
ffffffffc0001006:	eb f8                	jmp    0xffffffffc0001000
ffffffffc0001008:	e8 f3 ff ff ff       	call   0xffffffff81234560
ffffffffc000100d:	e8 ff ff ff ff       	call   0xffffffff81234561
`;
	const start = 0xffffffffc0001000n;
	const nameAt = (address: bigint) =>
		address === 0xffffffff81234560n ? "bpf_get_current_comm" : undefined;
	const instructions = readListing(listing, start, nameAt);
	expect(instructions).toEqual([
		{ offset: 0, text: "nopl 0x0(%rax,%rax,1)" },
		{ offset: 5, text: "push %rbp" },
		{ offset: 6, text: "jmp 0" },
		{ offset: 8, text: "call bpf_get_current_comm" },
		{ offset: 13, text: "call 0xffffffff81234561" },
	]);
	expect(describeMachineCode(code, instructions, "one.bt")[1]).toEqual({
		line: 3,
		text: ["5: push %rbp", "6: jmp 0"],
	});
});
