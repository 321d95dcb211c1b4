// macaddr(): a hardware address.
import type { OpaqueType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { emitCopy, knownLength } from "./read-memory.ts";
import { renderMacaddr } from "./render/macaddr.ts";

const bytes = 6;
const type: OpaqueType = {
	kind: "opaque",
	name: "macaddr",
	size: bytes,
	align: 1,
	params: {},
};

export const macaddr: BuiltinDefinition = {
	name: "macaddr",
	group: "data",
	signatures: ["macaddr(address: array|string|pointer|int)"],
	doc: "Six bytes as a hardware address: `18:C0:4D:08:2E:BB`.",
	example: "fentry:arp_create { print(macaddr(args.src_hw)); }",
	check: (call) => {
		const address = call.args[0];
		const length = address && knownLength(address);
		if (address && length !== undefined && length < bytes) {
			call.report(
				"E0403",
				{
					name: "macaddr",
					wanted: "6 bytes",
					parameter: "address",
					found: `${length}`,
				},
				{ span: address.span },
			);
		}
		return type;
	},
	emitInto: (emitter, { args }, dest) => {
		if (args[0]) emitCopy(emitter, args[0], dest, bytes);
	},
	opaque: renderMacaddr,
};
