// Operands of USDT notes, as GCC and clang write them for x86-64.
import { expect, test } from "vitest";
import { readUsdtArguments } from "../../src/probes/usdt-arguments.ts";

const rax = 80;
const rbp = 32;
const rdi = 112;
const r8 = 72;

const operands: readonly [string, unknown][] = [
	[
		"-4@%edi",
		{ size: 4, signed: true, place: { kind: "register", offset: rdi } },
	],
	[
		"8@%rdi",
		{ size: 8, signed: false, place: { kind: "register", offset: rdi } },
	],
	[
		"2@%di",
		{ size: 2, signed: false, place: { kind: "register", offset: rdi } },
	],
	[
		"1@%dil",
		{ size: 1, signed: false, place: { kind: "register", offset: rdi } },
	],
	[
		"1@%al",
		{ size: 1, signed: false, place: { kind: "register", offset: rax } },
	],
	[
		"4@%r8d",
		{ size: 4, signed: false, place: { kind: "register", offset: r8 } },
	],
	[
		"8@%r8",
		{ size: 8, signed: false, place: { kind: "register", offset: r8 } },
	],
	[
		"8@-16(%rbp)",
		{
			size: 8,
			signed: false,
			place: { kind: "memory", offset: rbp, displacement: -16 },
		},
	],
	[
		"-2@(%rax)",
		{
			size: 2,
			signed: true,
			place: { kind: "memory", offset: rax, displacement: 0 },
		},
	],
	[
		"8@8(%rax,%rdi,4)",
		{
			size: 8,
			signed: false,
			place: {
				kind: "memory",
				offset: rax,
				displacement: 8,
				index: { offset: rdi, scale: 4 },
			},
		},
	],
	[
		"-4@$-5",
		{ size: 4, signed: true, place: { kind: "constant", value: -5n } },
	],
	[
		"4@$-5",
		{
			size: 4,
			signed: false,
			place: { kind: "constant", value: 0xffff_fffbn },
		},
	],
	[
		"-2@$65534",
		{ size: 2, signed: true, place: { kind: "constant", value: -2n } },
	],
	[
		"8@$0x10",
		{ size: 8, signed: false, place: { kind: "constant", value: 16n } },
	],
	[
		"%rax",
		{ size: 8, signed: false, place: { kind: "register", offset: rax } },
	],
	// Not to be reached from a program.
	["8@counter(%rip)", undefined],
	["8@%ah", undefined],
	["4f@%xmm0", undefined],
];

test.runIf(process.arch === "x64").each(operands)("%s", (text, argument) => {
	expect(readUsdtArguments(text)).toEqual([argument]);
});

test.runIf(process.arch === "x64")(
	"several operands keep their numbers",
	() => {
		const read = readUsdtArguments("-4@%edi 8@sym(%rip) 8@(%rax, %rdi, 8)");
		expect(read.map((a) => a?.place.kind)).toEqual([
			"register",
			undefined,
			"memory",
		]);
		expect(readUsdtArguments("")).toEqual([]);
	},
);
