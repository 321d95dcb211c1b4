// reg(): a register of the CPU as the probe found it.
import { registerLayout } from "../base/registers.ts";
import { nearestName } from "../base/suggest.ts";
import { uint64 } from "../types/types.ts";
import { contextWord } from "./context-word.ts";
import type { BuiltinDefinition, CheckCall, TypedExpr } from "./definition.ts";

function offsetOf(name: TypedExpr | undefined): number | undefined {
	return registerLayout().byName[String(name?.constant)];
}

function check(call: CheckCall) {
	const [name] = call.args;
	if (!call.probe.hasRegisters && call.probe.provider !== "") {
		const where = "registers are there in kprobe, uprobe, usdt and timers";
		const { provider } = call.probe;
		call.report("E0460", { name: "reg()", provider, where });
	} else if (offsetOf(name) === undefined) {
		const register = String(name?.constant);
		const known = Object.keys(registerLayout().byName);
		const near = nearestName(register, known);
		const help = near ? `did you mean ${near}?` : `known: ${known.join(", ")}`;
		call.report("E0470", { register }, { span: name?.span, help });
	}
	return uint64;
}

export const reg: BuiltinDefinition = {
	name: "reg",
	group: "context",
	signatures: ["reg(name: literal string)"],
	doc: "A register of the CPU where the probe fired, by the kernel's name for it: `ip`, `sp`, `ax` … on x86-64, `pc`, `sp`, `r0` … on arm64.",
	example: 'profile:hz:99 { printf("%p\\n", reg("sp")); exit(); }',
	check,
	emitScalar: (emitter, { args }) =>
		contextWord(emitter, offsetOf(args[0]) ?? 0, uint64),
};
