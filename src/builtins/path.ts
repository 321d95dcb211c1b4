// path(): where a file lies.

import { sizeOf } from "../types/layout.ts";
import { typeName } from "../types/type-name.ts";
import { stringType, type Type } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";
import { requireProbe } from "./require-probe.ts";

const providers = new Set(["fentry", "fexit", "iter"]);

function isPath(type: Type): boolean {
	const of = type.kind === "pointer" ? type.to : type;
	return of.kind === "struct" && of.name === "path";
}

function check(call: CheckCall): Type {
	const [path, length] = call.args;
	const where = "it works in fentry, fexit and iter probes";
	requireProbe(call, "path()", providers, where);
	if (path && !isPath(path.type)) {
		const wanted = "a struct path or a pointer to one";
		const found = typeName(path.type);
		const args = { name: "path", wanted, parameter: "path", found };
		call.report("E0403", args, { span: path.span });
	}
	const most = BigInt(call.settings.maxStrlen);
	const wanted = length?.constant;
	if (typeof wanted !== "bigint" || wanted > most)
		return stringType(Number(most));
	if (wanted < 1n) {
		const help = "give the number of bytes, the closing NUL included";
		call.report("E0464", {
			name: "path",
			wanted: "a length of at least 1",
			help,
		});
	}
	return stringType(Math.max(1, Number(wanted)));
}

function emitInto(emitter: Emitter, call: EmitCall, dest: string): void {
	const [path] = call.args;
	if (!path) return;
	emitter.include("paths");
	const size = sizeOf(call.type);
	const address =
		path.type.kind === "pointer" ? emitter.scalar(path) : emitter.address(path);
	emitter.zero(dest, size);
	emitter.line(`bpf_d_path((void *)${address}, ${dest}, ${size});`);
}

export const path: BuiltinDefinition = {
	name: "path",
	group: "data",
	signatures: ["path(path: any, length?: literal int)"],
	needs: ["dpath"],
	doc: "Where a file lies, from a `struct path` of the kernel's: at most `max_strlen` bytes, or `length`, of its end. In fentry and fexit only of functions that the kernel has on its list for it, and in iterators.",
	example: "iter:task_file { print(path(ctx.file.f_path)); }",
	check,
	emitInto,
};
