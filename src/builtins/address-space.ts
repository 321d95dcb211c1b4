// kptr() and uptr(): an address, said to lie in the kernel or in the process.
import type { AddressSpace, Type } from "../types/types.ts";
import { pointerTo, voidType } from "../types/types.ts";
import type { BuiltinDefinition, TypedExpr } from "./definition.ts";

function pointedTo(pointer: TypedExpr | undefined): Type {
	return pointer?.type.kind === "pointer" ? pointer.type.to : voidType;
}

export function spaceBuiltin(
	name: string,
	space: AddressSpace,
	where: string,
): BuiltinDefinition {
	return {
		name,
		group: "symbols",
		signatures: [`${name}(pointer: pointer|int)`],
		doc: `The pointer as one into ${where}: what it points to is read from there, whatever the probe would take it for. A number becomes a \`void *\`.`,
		example: `begin { printf("%p\\n", ${name}((uint64 *)0x1000)); exit(); }`,
		check: ({ args }) => pointerTo(pointedTo(args[0]), space),
		emitScalar: (emitter, { args }) =>
			args[0] ? `((u64)${emitter.scalar(args[0])})` : "0",
	};
}
