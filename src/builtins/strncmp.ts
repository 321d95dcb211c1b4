// strncmp(): whether two strings begin alike.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const strncmp: BuiltinDefinition = {
	name: "strncmp",
	group: "data",
	signatures: ["strncmp(a: string, b: string, length: literal int)"],
	doc: "0 where the first `length` bytes of two strings are the same, else 1.",
	example:
		'begin { if (strncmp(comm, "ka", 2) == 0) { print(comm); } exit(); }',
	check: (call) => {
		const length = call.args[2]?.constant;
		if (typeof length === "bigint" && length < 0n) {
			const help = "give the number of bytes to compare";
			call.report("E0464", {
				name: "strncmp",
				wanted: "a length of at least 0",
				help,
			});
		}
		return uint64;
	},
	emitScalar: (emitter, { args }) => {
		const [a, b, length] = args;
		if (!a || !b || typeof length?.constant !== "bigint") return "0";
		return `((u64)!${emitter.stringsEqual(a, b, Number(length.constant))})`;
	},
};
