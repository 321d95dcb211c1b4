// join(): an array of strings, such as a program's arguments, as one line.
import { type ArrayType, type OpaqueType, stringType } from "../types/types.ts";
import type { BuiltinDefinition, Emitter, TypedExpr } from "./definition.ts";
import { textParam } from "./handle/event-params.ts";
import { readHelper } from "./read-memory.ts";
import { readStrings, stringBytes } from "./render/strings.ts";

const usualStrings = 16;
const mostStrings = 64;

function countOf(most: TypedExpr | undefined): number {
	return typeof most?.constant === "bigint"
		? Number(most.constant)
		: usualStrings;
}

function writeStrings(
	emitter: Emitter,
	[array, , most]: readonly TypedExpr[],
	dest: string,
): void {
	if (!array) return;
	const read = readHelper(array.type);
	const next = emitter.local("u64", emitter.scalar(array), "next");
	const string = emitter.local("u64", "0", "string");
	const number = emitter.local("u32", "0", "number");
	const place = `(${dest} + ${number} * ${stringBytes})`;
	emitter.block(`for (; ${number} < ${countOf(most)}; ${number}++)`, () => {
		// The rest of each place may keep what the ring buffer held: readers stop at the NUL.
		emitter.line(`*(u16 *)${place} = 0;`);
		emitter.line(`if (${read}(&${string}, 8, (void *)${next})) ${string} = 0;`);
		emitter.line(`if (!${string}) continue;`);
		emitter.line(`${read}_str(${place}, ${stringBytes}, (void *)${string});`);
		// An empty string, unlike the end.
		emitter.line(`if (!${place}[0]) ${place}[1] = 1;`);
		emitter.line(`${next} += 8;`);
	});
}

export const join: BuiltinDefinition = {
	name: "join",
	group: "output",
	signatures: [
		"join(strings: pointer|int, separator?: literal string, most?: literal int)",
	],
	doc: 'Prints an array of strings that ends with a null pointer, such as argv, on one line, with blanks or the separator between; or, as a value, is that text, line ends within written \\\\n: `printf("%s\\n", join(args.argv))`. At most 16 strings, unless told otherwise.',
	example: "tracepoint:syscalls:sys_enter_execve { join(args.argv); exit(); }",
	check: (call): OpaqueType => {
		const [, separator, most] = call.args;
		const count = countOf(most);
		if (count < 1 || count > mostStrings) {
			const wanted = `1 to ${mostStrings} strings`;
			const help = "longer arrays are cut";
			const args = { name: "join", wanted, help };
			call.report("E0464", args, { span: most?.span ?? call.span });
		}
		const params = { separator: String(separator?.constant ?? " "), count };
		const size = Math.max(1, count) * stringBytes;
		return { kind: "opaque", name: "join", size, align: 8, params };
	},
	emitInto: (emitter, { args, type, loose }, dest) => {
		if (!loose && type.kind === "opaque") emitter.zero(dest, type.size);
		writeStrings(emitter, args, dest);
	},
	opaque: {
		// Part of somebody's line, which it must not break.
		text: (bytes, params) =>
			readStrings(bytes, 0, Number(params.count))
				.join(String(params.separator))
				.replaceAll("\n", "\\n"),
	},
	emitStatement: (emitter, { args, span }) => {
		const [array, separator, most] = args;
		if (!array) return;
		const params = { separator: String(separator?.constant ?? " ") };
		const of = stringType(stringBytes);
		const type: ArrayType = { kind: "array", of, count: countOf(most) };
		const field = {
			name: "strings",
			value: { type, span: array.span },
			write: (emit: Emitter, dest: string) => writeStrings(emit, args, dest),
		};
		emitter.event("join", params, [field], span);
	},
	handle: (event, host) => {
		const field = event.fields[0];
		if (field?.layout.kind !== "array") return;
		const at = event.start + field.offset;
		const strings = readStrings(event.view, at, field.layout.count);
		host.out.text("join", strings.join(textParam(event, "separator")));
	},
};
