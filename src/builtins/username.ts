// username: who runs the current process.
import type { BuiltinDefinition } from "./definition.ts";
import { numberNameType } from "./number-name.ts";
import { renderUsername } from "./render/names-of-numbers.ts";

export const username: BuiltinDefinition = {
	name: "username",
	group: "context",
	signatures: ["username", "username()"],
	doc: "The name of the user that runs the current process, looked up when it is printed.",
	example: "begin { print(username); exit(); }",
	check: () => numberNameType("username"),
	emitScalar: (emitter) =>
		`(u32)${emitter.once("uid_gid", "u64", "bpf_get_current_uid_gid()")}`,
	opaque: renderUsername,
};
