// memcmp(): the bytes of two values, compared.
import { sizeOf } from "../types/layout.ts";
import { int64 } from "../types/types.ts";
import type { BuiltinDefinition, EmitCall, Emitter } from "./definition.ts";

function emitScalar(emitter: Emitter, { args }: EmitCall): string {
	const [left, right, count] = args;
	if (!left || !right || !count) return "0";
	const most = Math.min(sizeOf(left.type), sizeOf(right.type));
	emitter.include("strings");
	const a = emitter.memory(left);
	const b = emitter.memory(right);
	const { constant } = count;
	const wanted =
		typeof constant === "bigint"
			? String(constant < 0n || constant > most ? most : constant)
			: bounded(emitter, emitter.scalar(count), most);
	return emitter.local("s64", `compare_bytes(${a}, ${b}, ${wanted})`, "order");
}

function bounded(emitter: Emitter, count: string, most: number): string {
	const wanted = emitter.local("u64", count, "count");
	emitter.line(`if (${wanted} > ${most}) ${wanted} = ${most};`);
	return wanted;
}

export const memcmp: BuiltinDefinition = {
	name: "memcmp",
	group: "data",
	signatures: ["memcmp(left: any, right: any, count: int)"],
	doc: "Compares the first `count` bytes of two values, but no more than the shorter one has: 0 where they are the same, less than 0 where the first byte that differs is smaller in the left one, else more than 0.",
	example: 'begin { print(memcmp("abcd", "abxy", 2)); exit(); }',
	check: () => int64,
	emitScalar,
};
