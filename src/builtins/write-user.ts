// write_user(): writes into the memory of the process.

import { sizeOf } from "../types/layout.ts";
import { boolType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";

/** Bytes of the source that are memory of the program's own; undefined for a pointer to anything. */
function bytesOf(source: TypedExpr | undefined): number | undefined {
	return !source || source.type.kind === "pointer"
		? undefined
		: sizeOf(source.type);
}

function check(call: CheckCall): void {
	const [, source, length] = call.args;
	const bytes = bytesOf(source);
	if (typeof length?.constant !== "bigint" || bytes === undefined) return;
	if (length.constant < 0n || length.constant > bytes) {
		const wanted = `a length of at most ${bytes}`;
		const help = "the source has no more bytes";
		call.report(
			"E0464",
			{ name: "write_user", wanted, help },
			{ span: length.span },
		);
	}
}

function emitScalar(emitter: Emitter, { args }: EmitCall): string {
	const [target, source, length] = args;
	if (!target || !source || !length) return "0";
	emitter.include("unsafe");
	const to = emitter.scalar(target);
	const most = bytesOf(source) ?? emitter.maxStrlen;
	const from = emitter.memory(source);
	const count = emitter.local("u64", emitter.scalar(length), "count");
	if (length.constant === undefined) {
		emitter.line(`asm volatile("" : "+r"(${count}));`);
		emitter.line(`if (${count} > ${most}) ${count} = ${most};`);
	}
	const status = `bpf_probe_write_user((void *)${to}, ${from}, ${count})`;
	return `((u64)!${emitter.local("s64", status, "status")})`;
}

export const writeUser: BuiltinDefinition = {
	name: "write_user",
	group: "output",
	signatures: [
		"write_user(target: pointer|int, source: string|buffer|array|int, length: int)",
	],
	needs: ["write_user"],
	doc: "Writes bytes of a value into the memory of the process that runs; true where that worked. This can break the process. Only with --unsafe, and not on a locked-down kernel.",
	example:
		'tracepoint:syscalls:sys_enter_openat /comm == "nobody"/ { write_user(args.filename, "/", 1); } begin { exit(); }',
	unsafe: true,
	check: (call) => {
		check(call);
		return boolType;
	},
	emitScalar,
};
