// uaddr(): where a variable of the traced program is.
import { registerLayout } from "../base/registers.ts";
import { intType, pointerTo, type Type, uint64 } from "../types/types.ts";
import { contextWord } from "./context-word.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	ProbeFacts,
} from "./definition.ts";
import type { MachineFacts, UserVariable } from "./machine.ts";
import { requireProbe } from "./require-probe.ts";

const providers = new Set(["uprobe", "uretprobe", "usdt"]);

interface Found {
	readonly variable: UserVariable;
	/** Bytes from the probed instruction to the variable. */
	readonly distance: number | undefined;
}

function find(
	name: string,
	probe: ProbeFacts,
	machine: MachineFacts,
): Found | undefined {
	if (!probe.binary) return undefined;
	const { path, offset } = probe.binary;
	const variable = machine.userVariable(path, name);
	const probed = machine.linkedAddress(path, offset);
	if (!variable) return undefined;
	const distance = probed === undefined ? undefined : variable.address - probed;
	return { variable, distance };
}

/** The result points to an unsigned integer of the variable's size. */
function pointee(size: number): Type {
	return size === 1 || size === 2 || size === 4 ? intType(size, false) : uint64;
}

function check(call: CheckCall): Type {
	const [symbol] = call.args;
	const { probe, machine } = call;
	const name = String(symbol?.constant);
	requireProbe(
		call,
		"uaddr()",
		providers,
		"use it in uprobe, uretprobe or usdt",
	);
	const found = find(name, probe, machine);
	if (probe.binary && !found) {
		const help = "nm lists what it has";
		const args = { path: probe.binary.path, name };
		call.report("E0477", args, { span: symbol?.span, help });
	}
	// Where a function returns, the instruction pointer is no longer in it.
	if (found && !found.variable.fixed && probe.provider === "uretprobe") {
		const where = "the file is moved when loaded; use a uprobe of it";
		call.report("E0460", { name: "uaddr()", provider: "uretprobe", where });
	}
	return pointerTo(pointee(found?.variable.size ?? 0), "user");
}

function emitScalar(emitter: Emitter, { args, probe }: EmitCall): string {
	const found = find(String(args[0]?.constant), probe, emitter.machine);
	if (!found) return "0";
	const { variable, distance } = found;
	if (variable.fixed || distance === undefined) return `${variable.address}ULL`;
	const { ip = 0, pc = 0 } = registerLayout().byName;
	const here = contextWord(emitter, ip || pc, uint64);
	return `(${here} + ${distance}LL)`;
}

export const uaddr: BuiltinDefinition = {
	name: "uaddr",
	group: "symbols",
	signatures: ["uaddr(symbol: literal string)"],
	doc: "The address of a variable, or function, of the program or library that is probed: a pointer to an unsigned number of its size.",
	example:
		'uprobe:/bin/bash:readline { printf("%s\\n", str(*uaddr("ps1_prompt"))); exit(); }',
	perProbe: "args",
	check,
	emitScalar,
};
