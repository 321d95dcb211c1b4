// kaddr(): where a kernel symbol is.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

const symbolName = /^[A-Za-z_]\w*$/;

export const kaddr: BuiltinDefinition = {
	name: "kaddr",
	group: "symbols",
	signatures: ["kaddr(symbol: literal string)"],
	doc: "The address of a kernel symbol of /proc/kallsyms, found when the program is loaded.",
	example: 'begin { printf("%p\\n", kaddr("jiffies")); exit(); }',
	check: (call) => {
		const symbol = call.args[0]?.constant;
		if (typeof symbol === "string" && !symbolName.test(symbol)) {
			const help = "/proc/kallsyms lists them";
			call.report("E0464", {
				name: "kaddr",
				wanted: "the name of a kernel symbol",
				help,
			});
		}
		return uint64;
	},
	emitScalar: (emitter, { args }) =>
		emitter.kernelAddress(String(args[0]?.constant)),
};
