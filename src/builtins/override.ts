// override(): what a kernel function returns, instead of running.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { requireProbe } from "./require-probe.ts";

const providers = new Set(["kprobe"]);

export const override: BuiltinDefinition = {
	name: "override",
	group: "output",
	signatures: ["override(result: int)"],
	needs: ["override"],
	doc: "The probed function does not run but returns this. Only in kprobes of functions that the kernel marks for error injection, with CONFIG_BPF_KPROBE_OVERRIDE. Only with --unsafe.",
	example: 'kprobe:__x64_sys_getuid /comm == "id"/ { override(42); exit(); }',
	unsafe: true,
	check: (call) => {
		const where = "it takes the place of a function, so only kprobe has it";
		requireProbe(call, "override()", providers, where);
		return voidType;
	},
	emitStatement: (emitter, { args }) => {
		const [result] = args;
		if (!result) return;
		emitter.include("unsafe");
		emitter.line(
			`bpf_override_return(${emitter.context}, ${emitter.scalar(result)});`,
		);
	},
};
