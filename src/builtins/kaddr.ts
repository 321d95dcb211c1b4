// kaddr(): where a kernel symbol is.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkSymbol } from "./kernel-symbol.ts";

export const kaddr: BuiltinDefinition = {
	name: "kaddr",
	group: "symbols",
	signatures: ["kaddr(symbol: literal string)"],
	doc: "The address of a kernel symbol of /proc/kallsyms, found when the program is loaded.",
	example: 'begin { printf("%p\\n", kaddr("vfs_read")); exit(); }',
	check: (call) => {
		checkSymbol(
			call,
			(name) => call.machine.hasKernelSymbol(name),
			"/proc/kallsyms lists what it has: variables with CONFIG_KALLSYMS_ALL only",
		);
		return uint64;
	},
	emitScalar: (emitter, { args }) =>
		emitter.kernelAddress(String(args[0]?.constant)),
};
