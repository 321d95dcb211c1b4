// ntop(): an IP address, printed in dots or colons.
import { typeName } from "../types/type-name.ts";
import type { OpaqueType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";
import { emitCopy, knownLength } from "./read-memory.ts";
import { AF_INET, AF_INET6, inetSize, renderNtop } from "./render/ntop.ts";

const type: OpaqueType = {
	kind: "opaque",
	name: "ntop",
	size: inetSize,
	align: 4,
	params: {},
};

/** Bytes of an address given as this expression: an integer is IPv4; 0 where it is no address. */
function addressBytes(address: TypedExpr): 0 | 4 | 16 {
	if (address.type.kind === "int") return 4;
	const length = knownLength(address);
	return length === 4 || length === 16 ? length : 0;
}

function splitArguments(args: readonly TypedExpr[]): {
	readonly family: TypedExpr | undefined;
	readonly address: TypedExpr | undefined;
} {
	return args.length > 1
		? { family: args[0], address: args[1] }
		: { family: undefined, address: args[0] };
}

function check(call: CheckCall): OpaqueType {
	const { address } = splitArguments(call.args);
	if (address && addressBytes(address) === 0) {
		call.report(
			"E0403",
			{
				name: "ntop",
				wanted: "an integer or an array of 4 or 16 bytes",
				parameter: "address",
				found: typeName(address.type),
			},
			{ span: address.span },
		);
	}
	return type;
}

function emitInto(emitter: Emitter, call: EmitCall, dest: string): void {
	const { family, address } = splitArguments(call.args);
	if (!address) return;
	const bytes = addressBytes(address);
	const guess = bytes === 16 ? AF_INET6 : AF_INET;
	emitter.line(`zero_bytes(${dest}, ${inetSize});`);
	emitter.line(`*(u32 *)${dest} = ${family ? emitter.scalar(family) : guess};`);
	if (address.type.kind === "int")
		emitter.line(`*(u32 *)(${dest} + 4) = ${emitter.scalar(address)};`);
	else emitCopy(emitter, address, `(${dest} + 4)`, bytes);
}

export const ntop: BuiltinDefinition = {
	name: "ntop",
	group: "data",
	signatures: [
		"ntop(address: int|array|string|pointer)",
		"ntop(family: int, address: int|array|string|pointer)",
	],
	doc: "An IP address: an integer or four bytes are IPv4, 16 bytes IPv6. The family (AF_INET 2, AF_INET6 10) may be given first. Bytes in network order.",
	example: "begin { print(ntop(0x0100007f)); exit(); }",
	check,
	emitInto,
	opaque: renderNtop,
};
