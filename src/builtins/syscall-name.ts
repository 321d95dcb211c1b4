// syscall_name(): the name of a system call.
import type { BuiltinDefinition } from "./definition.ts";
import { numberName } from "./number-name.ts";
import { renderSyscallName } from "./render/names-of-numbers.ts";

export const syscallName: BuiltinDefinition = numberName({
	name: "syscall_name",
	signatures: ["syscall_name(number: int)"],
	doc: "The name of a system call by its number on this machine.",
	example:
		"tracepoint:raw_syscalls:sys_enter { print(syscall_name(args.id)); exit(); }",
	opaque: renderSyscallName,
});
