// ksym(): the kernel function at an address.
import type { OpaqueType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderKsym } from "./render/ksym.ts";

export const ksymType: OpaqueType = {
	kind: "opaque",
	name: "ksym",
	size: 8,
	align: 8,
	params: {},
};

export const ksym: BuiltinDefinition = {
	name: "ksym",
	group: "symbols",
	signatures: ["ksym(address: int|pointer)"],
	doc: "The kernel function that holds the address; its name is looked up when it is printed.",
	example: 'begin { print(ksym(kaddr("vfs_read"))); exit(); }',
	check: () => ksymType,
	emitScalar: (emitter, { args }) => (args[0] ? emitter.scalar(args[0]) : "0"),
	opaque: renderKsym,
};
