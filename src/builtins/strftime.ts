// strftime(): a point in time, formatted when it is printed.
import type { OpaqueType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderStrftime } from "./render/strftime.ts";

export const strftime: BuiltinDefinition = {
	name: "strftime",
	group: "data",
	signatures: ["strftime(format: literal string, nanoseconds: int)"],
	doc: "A timestamp to print with %s: nanoseconds since boot, as `nsecs` gives them, formatted by strftime(3) in local time. %f adds microseconds, %l milliseconds, %k nanoseconds.",
	example: 'begin { printf("%s\\n", strftime("%H:%M:%S.%f", nsecs)); exit(); }',
	check: (call): OpaqueType => {
		const [format, time] = call.args;
		if (typeof time?.constant === "bigint" && time.constant < 0n) {
			const wanted = "a time that is not negative";
			const help = "nanoseconds since boot, for example nsecs";
			const args = { name: "strftime", wanted, help };
			call.report("E0464", args, { span: time.span });
		}
		const params = { format: String(format?.constant ?? "") };
		return { kind: "opaque", name: "strftime", size: 8, align: 8, params };
	},
	emitScalar: (emitter, { args }) => {
		const value = args[1];
		return value ? emitter.scalar(value) : "0";
	},
	opaque: renderStrftime,
};
