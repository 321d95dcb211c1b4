// pton(): the bytes of an IP address, known when compiling.
import { cBytes } from "../base/c-text.ts";
import { type ArrayType, uint8 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { parseAddress } from "./ip-address.ts";

export const pton: BuiltinDefinition = {
	name: "pton",
	group: "data",
	signatures: ["pton(address: literal string)"],
	doc: "The bytes of an IP address in network order: 4 for IPv4, 16 for IPv6. To compare addresses with.",
	example: 'begin { print(pton("127.0.0.1")); exit(); }',
	check: (call): ArrayType => {
		const address = call.args[0];
		const text = String(address?.constant ?? "");
		const bytes = parseAddress(text);
		if (!bytes)
			call.report("E0453", { text }, { span: address?.span ?? call.span });
		return { kind: "array", of: uint8, count: bytes?.length ?? 4 };
	},
	emitInto: (emitter, { args }, dest) => {
		const bytes = parseAddress(String(args[0]?.constant ?? "")) ?? [];
		emitter.line(
			`__builtin_memcpy(${dest}, ${cBytes(Uint8Array.from(bytes))}, ${bytes.length});`,
		);
	},
};
