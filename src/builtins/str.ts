// str(): text from memory.
import { sizeOf } from "../types/layout.ts";
import { stringType, type Type } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";

function literalLength(length: TypedExpr | undefined): number | undefined {
	return typeof length?.constant === "bigint"
		? Number(length.constant)
		: undefined;
}

/** With a length of its own a string is meant to be cut there, and is not marked as cut. */
function check(call: CheckCall): Type {
	const [data, length] = call.args;
	const most = call.settings.maxStrlen;
	const wanted = literalLength(length);
	if (wanted !== undefined && wanted < 0) {
		const help = "give the number of bytes, the closing NUL included";
		call.report(
			"E0464",
			{ name: "str", wanted: "a length of at least 0", help },
			{ span: length?.span },
		);
	}
	const whole = data && inPlace(data.type) ? sizeOf(data.type) : most;
	return stringType(Math.max(1, Math.min(wanted ?? whole, most)));
}

/** Text that is at hand, not behind a pointer. */
function inPlace(type: Type): boolean {
	return type.kind === "string" || type.kind === "array";
}

/** Positional parameters and literals are text already; a written number is no address, but its digits. */
function fold(call: CheckCall): string | undefined {
	const [data, length] = call.args;
	const text = data?.parameter ?? literalText(data);
	const wanted = literalLength(length);
	if (text === undefined || (length && wanted === undefined)) return undefined;
	return wanted === undefined ? text : text.slice(0, wanted);
}

function literalText(data: TypedExpr | undefined): string | undefined {
	if (typeof data?.constant === "string") return data.constant;
	if (typeof data?.constant !== "bigint" || data.type.kind !== "int")
		return undefined;
	// A cast makes it an address.
	const written = data.type.flexible === true || data.constant < 0n;
	return written ? String(data.constant) : undefined;
}

function emitInto(emitter: Emitter, call: EmitCall, dest: string): void {
	const [data, length] = call.args;
	if (!data) return;
	const size = sizeOf(call.type);
	if (inPlace(data.type)) {
		emitter.zero(dest, size);
		copyText(emitter, data, length, dest, size);
		return;
	}
	const address = emitter.scalar(data);
	if (!call.loose) emitter.zero(dest, size);
	if (length) {
		const bytes = bytesOf(emitter, length, size);
		const call = `bpf_probe_read_${reader(data.type)}(${dest}, ${bytes}, (void *)${address})`;
		emitter.line(`${emitter.attempt(call)};`);
	} else readWhole(emitter, data.type, dest, size, address);
}

/** Text at hand. The last byte of a length that is given is the NUL. */
function copyText(
	emitter: Emitter,
	data: TypedExpr,
	length: TypedExpr | undefined,
	dest: string,
	size: number,
): void {
	const from = emitter.memory(data);
	if (length && literalLength(length) === undefined) {
		const bytes = bytesOf(emitter, length, size);
		const call = `bpf_probe_read_kernel_str(${dest}, ${bytes}, ${from})`;
		emitter.line(`${emitter.attempt(call)};`);
		return;
	}
	emitter.copy(dest, from, Math.min(size, sizeOf(data.type)));
	if (length) emitter.line(`*((char *)${dest} + ${size - 1}) = 0;`);
}

function bytesOf(emitter: Emitter, length: TypedExpr, size: number): string {
	return literalLength(length) === undefined
		? bounded(emitter, length, size)
		: String(size);
}

/** Where a plain number points to is told by the address alone, which one older helper does. */
function reader(type: Type): "user_str" | "kernel_str" | "str" {
	if (type.kind !== "pointer") return "str";
	if (type.space === "none" || type.space === "either") return "str";
	return type.space === "user" ? "user_str" : "kernel_str";
}

/** A length that is only known when running, kept from the optimiser so that the verifier sees its bound. */
function bounded(emitter: Emitter, length: TypedExpr, size: number): string {
	const wanted = emitter.local("u64", emitter.scalar(length));
	emitter.line(`if (${wanted} > ${size})`);
	emitter.line(`\t${wanted} = ${size};`);
	emitter.line(`asm volatile("" : "+r"(${wanted}));`);
	emitter.line(`${wanted} = ${wanted} > ${size} ? ${size} : ${wanted};`);
	return wanted;
}

/** Text that does not fit keeps no NUL, which marks it as cut when it is printed. */
function readWhole(
	emitter: Emitter,
	type: Type,
	dest: string,
	size: number,
	address: string,
): void {
	const read = reader(type);
	const got = emitter.local(
		"s64",
		emitter.attempt(
			`bpf_probe_read_${read}(${dest}, ${size}, (void *)${address})`,
		),
	);
	emitter.block(`if (${got} == ${size})`, () => {
		const last = `(char *)${dest} + ${size - 1}`;
		// Helpers for strings would end this one byte with a NUL again.
		const plain = `bpf_probe_read_${read}`.replace(/_str$/, "");
		emitter.line(`${plain}(${last}, 1, (void *)${address} + ${size - 1});`);
		emitter.block(`if (*(${last}))`, () =>
			emitter.countLoss("string-truncated"),
		);
	});
}

export const str: BuiltinDefinition = {
	name: "str",
	group: "data",
	signatures: ["str(data: pointer|int|string|array, length?: int)"],
	doc: "The NUL-terminated text that a pointer points to, at most `max_strlen` bytes, or `length` where that is given; the NUL is one of them. Of a written number its digits.",
	lost: "what is longer than the room for it (cut, and counted); text whose memory is paged out or not there, which reads as empty",
	example:
		"tracepoint:syscalls:sys_enter_openat { print(str(args.filename)); exit(); }",
	check,
	fold,
	emitInto,
};
