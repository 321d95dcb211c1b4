// jiffies: ticks of the kernel's timer.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const jiffies: BuiltinDefinition = {
	name: "jiffies",
	group: "context",
	signatures: ["jiffies"],
	doc: "Ticks of the kernel's timer: CONFIG_HZ of them make a second. They do not start at 0.",
	example: "begin { print(jiffies); exit(); }",
	check: () => uint64,
	emitScalar: (emitter) => emitter.local("u64", "bpf_jiffies64()", "jiffies"),
};
