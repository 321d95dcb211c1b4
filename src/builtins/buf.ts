// buf(): raw bytes.
import { typeName } from "../types/type-name.ts";
import type { BufferType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";
import { emitCopy, knownLength } from "./read-memory.ts";

function check(call: CheckCall): BufferType {
	const [data, length] = call.args;
	const most = call.settings.maxStrlen;
	if (typeof length?.constant === "bigint" && length.constant < 0n) {
		const wanted = "a length of at least 0";
		const help = "give the number of bytes to copy";
		call.report("E0464", { name: "buf", wanted, help }, { span: length.span });
	}
	if (typeof length?.constant === "bigint")
		return { kind: "buffer", size: Math.min(Number(length.constant), most) };
	if (length) return { kind: "buffer", size: most };
	const known = data && knownLength(data);
	if (data && known === undefined) {
		const args = { name: "buf", type: typeName(data.type) };
		call.report("E0454", args, { span: data.span });
	}
	return { kind: "buffer", size: Math.min(known ?? 0, most) };
}

/** A local that holds the length as the script gives it, at most `size`. */
function boundedLength(
	emitter: Emitter,
	length: TypedExpr,
	size: number,
): string {
	// Compared as u64, so that negative lengths are too long ones.
	const wanted = emitter.local("u64", emitter.scalar(length), "wanted");
	const count = emitter.local("u32", String(size), "length");
	emitter.line(`if (${wanted} < ${size}) ${count} = ${wanted};`);
	// Kept from the optimiser, or the verifier loses the bound.
	emitter.line(`asm volatile("" : "+r"(${count}));`);
	emitter.line(`if (${count} > ${size}) ${count} = ${size};`);
	return count;
}

function emitInto(emitter: Emitter, call: EmitCall, dest: string): void {
	const [data, length] = call.args;
	if (!data || call.type.kind !== "buffer") return;
	const { size } = call.type;
	const count =
		length && length.constant === undefined
			? boundedLength(emitter, length, size)
			: size;
	// Bytes beyond the length count when buffers are map keys.
	emitter.line(`zero_bytes(${dest}, ${4 + size});`);
	emitter.line(`*(u32 *)${dest} = ${count};`);
	emitCopy(emitter, data, `(${dest} + 4)`, count);
}

export const buf: BuiltinDefinition = {
	name: "buf",
	group: "data",
	signatures: ["buf(data: pointer|array|string|int, length?: int)"],
	doc: "Bytes from memory, to be printed with %r (readable), %rh or %rx (hexadecimal). Arrays know their length; else give it. At most `max_strlen` bytes.",
	example: 'begin { printf("%r\\n", buf("a\\tb", 3)); exit(); }',
	check,
	emitInto,
};
