// bswap(): the bytes of a number in reverse order.
import { sizeOf } from "../types/layout.ts";
import { type IntType, intType } from "../types/types.ts";
import type { BuiltinDefinition, TypedExpr } from "./definition.ts";

function widthOf(number: TypedExpr | undefined): IntType["size"] {
	const size = number ? sizeOf(number.type) : 8;
	return size === 1 || size === 2 || size === 4 ? size : 8;
}

export const bswap: BuiltinDefinition = {
	name: "bswap",
	group: "data",
	signatures: ["bswap(number: int)"],
	doc: "The bytes of a number in reverse order: network to host order and back. As wide as its argument, and unsigned.",
	example: 'begin { printf("%x\\n", bswap((uint16)0x1234)); exit(); }',
	check: ({ args }) => intType(widthOf(args[0]), false),
	emitScalar: (emitter, { args }) => {
		const [number] = args;
		if (!number) return "0";
		const bits = widthOf(number) * 8;
		const value = `(u${bits})${emitter.scalar(number)}`;
		return bits === 8
			? `((u64)${value})`
			: `((u64)__builtin_bswap${bits}(${value}))`;
	},
};
