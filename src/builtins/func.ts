// func: the function that was probed, by its address.
import { registerLayout } from "../base/registers.ts";
import { type OpaqueType, uint64 } from "../types/types.ts";
import { contextWord } from "./context-word.ts";
import { highHalf, pidAndTid } from "./current-ids.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";
import { ksymType } from "./ksym.ts";
import { usymType } from "./usym.ts";

const kernelProbes = new Set(["kprobe", "kretprobe", "fentry", "fexit"]);
const userProbes = new Set(["uprobe", "uretprobe"]);

function check(call: CheckCall): OpaqueType {
	const { provider } = call.probe;
	if (userProbes.has(provider)) return usymType;
	if (!kernelProbes.has(provider)) {
		const where = "probe gives the name of any probe";
		call.report("E0460", { name: "func", provider, where });
	}
	return ksymType;
}

/** At a function's entry the instruction pointer is in it; where it returns, the kernel has to remember. */
function address(emitter: Emitter, { probe }: EmitCall): string {
	const { byName } = registerLayout();
	const ip = byName.ip ?? byName.pc;
	const entry = probe.provider === "kprobe" || probe.provider === "uprobe";
	return entry && ip !== undefined
		? contextWord(emitter, ip, uint64)
		: emitter.once("ip", "u64", `bpf_get_func_ip(${emitter.context})`);
}

export const func: BuiltinDefinition = {
	name: "func",
	group: "context",
	signatures: ["func"],
	doc: "The function that the probe is in; its name is looked up when it is printed.",
	example: "uprobe:/bin/bash:readline { print(func); exit(); }",
	check,
	emitScalar: address,
	emitInto: (emitter, call, dest) => {
		emitter.line(`*(u64 *)${dest} = ${address(emitter, call)};`);
		emitter.line(`*(u64 *)(${dest} + 8) = ${highHalf(pidAndTid(emitter))};`);
	},
};
