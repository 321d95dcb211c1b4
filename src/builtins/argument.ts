// arg0, arg1 …: arguments by number, from registers, the stack or slots of the context.
import { registerLayout } from "../base/registers.ts";
import { uint64 } from "../types/types.ts";
import { contextWord } from "./context-word.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	UsdtArgument,
} from "./definition.ts";

/** As many as a USDT probe can have. */
const MOST = 12;
const MOST_ON_STACK = 10;
const WORD = 8;

/** Arguments of functions: the first ones in registers, further ones on the stack above the return address. */
function functionArgument(
	emitter: Emitter,
	{ probe, type }: EmitCall,
	n: number,
): string {
	const { arguments: registers } = registerLayout();
	const register = registers[n];
	if (register !== undefined) return contextWord(emitter, register, type);
	return stackWord(emitter, probe, n - registers.length);
}

/** Argument number `n` of those that a function's caller put on the stack; on x86-64 the return address lies before. */
function stackWord(
	emitter: Emitter,
	probe: EmitCall["probe"],
	n: number,
): string {
	const value = emitter.local("u64", undefined, "argument");
	const above = (n + (process.arch === "x64" ? 1 : 0)) * WORD;
	const space = probe.provider === "kprobe" ? "kernel" : "user";
	const stack = contextWord(emitter, registerLayout().stackPointer, uint64);
	const call = `bpf_probe_read_${space}(&${value}, sizeof(${value}), (void *)${stack} + ${above})`;
	emitter.line(`${emitter.attempt(call)};`);
	return value;
}

/** USDT probes say for each argument where the compiler put it. */
function usdtArgument(emitter: Emitter, argument: UsdtArgument): string {
	const { place, size, signed } = argument;
	const stored = `${signed ? "s" : "u"}${size * 8}`;
	const wide = signed ? "s64" : "u64";
	if (place.kind === "constant")
		return `((${wide})${BigInt.asIntN(64, place.value)}LL)`;
	const base = contextWord(emitter, place.offset, uint64);
	if (place.kind === "register") return `((${wide})(${stored})${base})`;
	const index =
		place.index &&
		` + ${contextWord(emitter, place.index.offset, uint64)} * ${place.index.scale}`;
	const value = emitter.local(stored);
	const address = `(void *)(${base}${index ?? ""} + ${place.displacement})`;
	const call = `bpf_probe_read_user(&${value}, sizeof(${value}), ${address})`;
	emitter.line(`${emitter.attempt(call)};`);
	return `((${wide})${value})`;
}

const functions = new Set(["kprobe", "uprobe"]);

/** Nothing is said of a probe that this machine lacks. */
function check(call: CheckCall, n: number) {
	const { provider, usdtArguments } = call.probe;
	const known = usdtArguments
		? usdtArguments[n] !== undefined
		: functions.has(provider) ||
			provider === "rawtracepoint" ||
			provider === "";
	if (!known) {
		const where =
			"arguments have numbers in kprobe, uprobe, usdt and rawtracepoint; elsewhere use args";
		call.report("E0460", { name: `arg${n}`, provider, where });
	}
	const argument = usdtArguments?.[n];
	return argument
		? ({ kind: "int", size: 8, signed: argument.signed } as const)
		: uint64;
}

function argument(n: number): BuiltinDefinition {
	return {
		name: `arg${n}`,
		group: "context",
		signatures: [`arg${n}`],
		doc: `Argument number ${n}, counted from 0, of the function or event: 64 bits as they are. Cast it, or use args where the types are known.`,
		example: `uprobe:/bin/bash:readline { printf("%d\\n", arg${n}); exit(); }`,
		check: (call) => check(call, n),
		emitScalar: (emitter, call) => {
			const usdt = call.probe.usdtArguments?.[n];
			if (usdt) return usdtArgument(emitter, usdt);
			if (call.probe.provider === "rawtracepoint")
				return contextWord(emitter, n * WORD, call.type);
			return functionArgument(emitter, call, n);
		},
	};
}

export const numberedArguments: readonly BuiltinDefinition[] = Array.from(
	{ length: MOST },
	(_, n) => argument(n),
);

/** Older scripts read arguments of Go's first calling convention so, which all lay on the stack. */
function stackArgument(n: number): BuiltinDefinition {
	return {
		name: `sarg${n}`,
		group: "context",
		signatures: [`sarg${n}`],
		doc: `The word number ${n}, counted from 0, that the caller put on the stack for the function: arguments that found no register. \`arg6\` and further are the same on x86-64, where \`sarg0\` is \`arg6\`.`,
		example: `uprobe:/bin/bash:readline { printf("%lx\\n", sarg${n}); exit(); }`,
		check: ({ probe: { provider }, report }) => {
			const name = `sarg${n}`;
			const where = "functions have arguments on the stack: kprobe and uprobe";
			if (provider !== "" && !functions.has(provider))
				report("E0460", { name, provider, where });
			return uint64;
		},
		emitScalar: (emitter, { probe }) => stackWord(emitter, probe, n),
	};
}

export const stackArguments: readonly BuiltinDefinition[] = Array.from(
	{ length: MOST_ON_STACK },
	(_, n) => stackArgument(n),
);
