// cgroup_path(): where a cgroup lies.
import type { BuiltinDefinition } from "./definition.ts";
import { emitFirstArgument, numberNameType } from "./number-name.ts";
import { renderCgroupPath } from "./render/names-of-numbers.ts";

export const cgroupPath: BuiltinDefinition = {
	name: "cgroup_path",
	group: "data",
	signatures: ["cgroup_path(id: int, filter?: literal string)"],
	doc: "The path of a cgroup by its id, looked up in the mounted hierarchies when it is printed. The filter is a wildcard over hierarchies; cgroup2 is called `unified`.",
	example: "begin { print(cgroup_path(cgroup)); exit(); }",
	check: ({ args }) =>
		numberNameType("cgroup_path", {
			filter: String(args[1]?.constant ?? ""),
		}),
	emitScalar: emitFirstArgument,
	opaque: renderCgroupPath,
};
