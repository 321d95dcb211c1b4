// cgroupid(): the number of a cgroup.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";

function idOf({ args, machine }: CheckCall): bigint | undefined {
	const path = args[0]?.constant;
	return typeof path === "string" ? machine.cgroupId(path) : undefined;
}

export const cgroupid: BuiltinDefinition = {
	name: "cgroupid",
	group: "data",
	signatures: ["cgroupid(path: literal string)"],
	doc: "The id of the cgroup (version 2) whose folder has this path, to be compared with `cgroup`. Looked up when compiling.",
	example:
		'tracepoint:raw_syscalls:sys_enter /cgroup == cgroupid("/sys/fs/cgroup")/ { @ = count(); exit(); } begin { exit(); }',
	check: (call) => {
		if (idOf(call) === undefined) {
			const [path] = call.args;
			const args = { path: String(path?.constant) };
			call.report("E0475", args, { span: path?.span });
		}
		return uint64;
	},
	fold: idOf,
};
