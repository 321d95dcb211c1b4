// debugf(): a line for the kernel's own trace, printed by the kernel itself, so that it comes out whatever becomes of kask.
import { cBytes } from "../base/c-text.ts";
import { isScalar } from "../types/scalar.ts";
import { voidType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";
import { checkFormatCall, formatOf } from "./format-call.ts";
import { type FormatSpec, parseFormat, valueIndex } from "./format-string.ts";

/** bpf_trace_printk takes no more. */
const mostValues = 3;
const conversions = new Set(["d", "i", "u", "x", "X", "p", "c", "s"]);

function check(call: CheckCall) {
	checkFormatCall(call);
	const [format, ...values] = call.args;
	const span = format?.span ?? call.span;
	if (values.length > mostValues) {
		const wanted = `at most ${mostValues} values after the format`;
		const args = { name: "debugf", wanted, help: "the kernel prints no more" };
		call.report("E0464", args, { span });
	}
	for (const [i, spec] of parseFormat(formatOf(call)).specs.entries()) {
		const type = values[valueIndex(spec, i)]?.type;
		const prints = spec.conversion === "s" ? type?.kind === "string" : true;
		if (conversions.has(spec.conversion) && prints && spec.position === 0)
			continue;
		const wanted = "%d, %i, %u, %x, %X, %p and %c for numbers, %s for text";
		const args = { name: "debugf", wanted, help: "the kernel prints no other" };
		call.report("E0464", args, { span });
		return voidType;
	}
	return voidType;
}

/** The kernel's own printk wants lengths: all our numbers have 64 bits. */
function kernelSpec(spec: FormatSpec): string {
	const { text, conversion } = spec;
	if (conversion === "s" || conversion === "c") return `%${conversion}`;
	if (conversion === "p") return "0x%llx";
	const flags = text.slice(1).match(/^[-+ #0]*\d*/)?.[0] ?? "";
	return `%${flags}ll${conversion}`;
}

function emitStatement(emitter: Emitter, call: EmitCall): void {
	emitter.include("trace");
	const { fragments, specs } = parseFormat(formatOf(call));
	const text = fragments
		.map((fragment, i) => {
			const spec = specs[i];
			return fragment.replaceAll("%", "%%") + (spec ? kernelSpec(spec) : "");
		})
		.join("");
	const format = emitter.buffer(text.length + 1);
	const bytes = cBytes(Buffer.from(text, "latin1"));
	emitter.line(`store_text8(${format}, ${bytes}, ${text.length + 1});`);
	const values = call.args
		.slice(1)
		.map((value) =>
			isScalar(value.type) ? emitter.scalar(value) : emitter.memory(value),
		);
	const args = [format, text.length + 1, ...values].join(", ");
	emitter.line(`bpf_trace_printk(${args});`);
}

export const debugf: BuiltinDefinition = {
	name: "debugf",
	group: "output",
	signatures: ["debugf(format: literal string, value?: any...)"],
	doc: "Writes a line to the kernel's trace at once, for looking into a script itself: read it with `cat /sys/kernel/tracing/trace_pipe`. At most three values; slow.",
	example: 'begin { debugf("%s has pid %d", comm, pid); exit(); }',
	check,
	emitStatement,
};
