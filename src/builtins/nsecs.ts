// nsecs: clocks, in nanoseconds.
import { uint64 } from "../types/types.ts";
import { checkWord } from "./check-word.ts";
import type { BuiltinDefinition, Emitter } from "./definition.ts";
import { emitRunFact } from "./run-fact.ts";

/** Each as a C expression. */
const clocks: Readonly<Record<string, (emitter: Emitter) => string>> = {
	boot: () => "bpf_ktime_get_boot_ns()",
	monotonic: () => "bpf_ktime_get_ns()",
	tai: () => "bpf_ktime_get_tai_ns()",
	sw_tai: (emitter) =>
		`bpf_ktime_get_ns() + ${emitRunFact(emitter, "taiOffset")}`,
};

export const nsecs: BuiltinDefinition = {
	name: "nsecs",
	group: "context",
	signatures: ["nsecs", "nsecs(clock: word)"],
	doc: "Nanoseconds since the machine booted, sleep included (boot). nsecs(monotonic) leaves sleep out; nsecs(tai) is international atomic time, and nsecs(sw_tai) the same for kernels before 6.1, as it was set when tracing began.",
	example: "begin { $start = nsecs; print(nsecs - $start); exit(); }",
	check: (call) => {
		checkWord(call, "nsecs", call.args[0], Object.keys(clocks));
		if (call.args[0]?.word === "tai" && !call.machine.has("get_tai_ns")) {
			const help = "nsecs(sw_tai) does not need it";
			const args = { name: "nsecs(tai)", feature: "get_tai_ns" };
			call.report("E0479", args, { help });
		}
		return uint64;
	},
	emitScalar: (emitter, { args }) => {
		const read = clocks[args[0]?.word ?? "boot"] ?? clocks.boot;
		return emitter.local("u64", read?.(emitter) ?? "0", "now");
	},
};
