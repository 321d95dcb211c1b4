// str_concat(): two texts as one.
import { sizeOf } from "../types/layout.ts";
import { stringType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";
import { checkText, emitText, textKinds } from "./text.ts";

function capacity(text: TypedExpr | undefined, maxStrlen: number): number {
	if (!text) return 1;
	return text.type.kind === "pointer" ? maxStrlen : sizeOf(text.type);
}

function emitInto(emitter: Emitter, call: EmitCall, dest: string): void {
	const [first, second] = call.args;
	if (!first || !second) return;
	const head = emitText(emitter, first);
	const tail = emitText(emitter, second);
	if (!call.loose) emitter.zero(dest, sizeOf(call.type));
	const length = emitter.local(
		"s64",
		`bpf_probe_read_kernel_str(${dest}, ${head.size}, ${head.text})`,
		"length",
	);
	// Kept from the optimiser, or the verifier loses the bound.
	emitter.line(`asm volatile("" : "+r"(${length}));`);
	emitter.line(`if (${length} < 1 || ${length} > ${head.size}) ${length} = 1;`);
	emitter.line(
		`bpf_probe_read_kernel_str((char *)${dest} + ${length} - 1, ${tail.size}, ${tail.text});`,
	);
}

export const strConcat: BuiltinDefinition = {
	name: "str_concat",
	group: "data",
	signatures: [`str_concat(first: ${textKinds}, second: ${textKinds})`],
	doc: "The second text behind the first, as one string with room for both. Two constants make a constant, which may be the format of printf().",
	example: 'begin { print(str_concat(comm, "!")); exit(); }',
	check: (call) => {
		checkText(call, "str_concat", call.args);
		const { maxStrlen } = call.settings;
		const [first, second] = call.args;
		return stringType(
			capacity(first, maxStrlen) + capacity(second, maxStrlen) - 1,
		);
	},
	fold: ({ args }) => {
		const [first, second] = args.map((text) => text.constant);
		if (typeof first !== "string" || typeof second !== "string") return;
		return first + second;
	},
	emitInto,
};
