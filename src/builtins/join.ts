// join(): an array of strings, such as a program's arguments, as one line.
import { type ArrayType, stringType, voidType } from "../types/types.ts";
import type { BuiltinDefinition, Emitter, TypedExpr } from "./definition.ts";
import { textParam } from "./handle/event-params.ts";
import { readString } from "./render/bytes.ts";

/** Arguments beyond these are left out, and each is cut to so many bytes. */
const mostStrings = 16;
const stringBytes = 1024;

const stringsType: ArrayType = {
	kind: "array",
	of: stringType(stringBytes),
	count: mostStrings,
};

function writeStrings(emitter: Emitter, array: TypedExpr, dest: string): void {
	const user = array.type.kind === "pointer" && array.type.space === "user";
	const read = `bpf_probe_read_${user ? "user" : "kernel"}`;
	const next = emitter.local("u64", emitter.scalar(array), "next");
	const string = emitter.local("u64", "0", "string");
	const number = emitter.local("u32", "0", "number");
	const place = `(${dest} + ${number} * ${stringBytes})`;
	emitter.block(`for (; ${number} < ${mostStrings}; ${number}++)`, () => {
		// The rest of each place may keep what the ring buffer held: readers stop at the NUL.
		emitter.line(`${place}[0] = 0;`);
		emitter.line(`if (${read}(&${string}, 8, (void *)${next})) ${string} = 0;`);
		emitter.line(`if (!${string}) continue;`);
		emitter.line(`${read}_str(${place}, ${stringBytes}, (void *)${string});`);
		emitter.line(`${next} += 8;`);
	});
}

export const join: BuiltinDefinition = {
	name: "join",
	group: "output",
	signatures: ["join(strings: pointer|int, separator?: literal string)"],
	doc: "Prints an array of strings that ends with a null pointer, such as argv, on one line, with blanks or the separator between. At most 16 strings.",
	example: "tracepoint:syscalls:sys_enter_execve { join(args.argv); exit(); }",
	check: () => voidType,
	emitStatement: (emitter, { args, span }) => {
		const [array, separator] = args;
		if (!array) return;
		const params = { separator: String(separator?.constant ?? " ") };
		const field = {
			name: "strings",
			value: { type: stringsType, span: array.span },
			write: (emit: Emitter, dest: string) => writeStrings(emit, array, dest),
		};
		emitter.event("join", params, [field], span);
	},
	handle: (event, host) => {
		const field = event.fields[0];
		if (!field) return;
		const strings: string[] = [];
		for (let i = 0; i < mostStrings; i++) {
			const at = event.start + field.offset + i * stringBytes;
			if (event.view.getUint8(at) === 0) break;
			strings.push(readString(event.view, at, stringBytes, ""));
		}
		host.out.text("join", strings.join(textParam(event, "separator")));
	},
};
