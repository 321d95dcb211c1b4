// usym(): the process's function at an address.
import type { OpaqueType } from "../types/types.ts";
import { highHalf, pidAndTid } from "./current-ids.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { renderUsym } from "./render/usym.ts";

export const usymType: OpaqueType = {
	kind: "opaque",
	name: "usym",
	size: 16,
	align: 8,
	params: {},
};

export const usym: BuiltinDefinition = {
	name: "usym",
	group: "symbols",
	signatures: ["usym(address: int|pointer)"],
	doc: "The function of the running process that holds the address; its name is looked up when it is printed.",
	example: "uretprobe:/bin/bash:readline { print(usym(retval)); exit(); }",
	check: () => usymType,
	emitInto: (emitter, { args }, dest) => {
		const [address] = args;
		if (address) emitter.line(`*(u64 *)${dest} = ${emitter.scalar(address)};`);
		emitter.line(`*(u64 *)(${dest} + 8) = ${highHalf(pidAndTid(emitter))};`);
	},
	opaque: renderUsym,
};
