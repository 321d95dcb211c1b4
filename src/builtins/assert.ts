// assert(): a condition that must hold whenever the probe fires.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { messagePlace, placeParams } from "./message-call.ts";

const EXIT_CODE = 1;

export const assert: BuiltinDefinition = {
	name: "assert",
	group: "output",
	signatures: ["assert(condition: bool|int|pointer, message: any)"],
	doc: "Ends the run with an error and exit code 1 where the condition does not hold; the message is printed with the place.",
	example: 'begin { assert(cpu < 1024, "too many CPUs"); exit(); }',
	check: () => voidType,
	emitStatement: (emitter, call) => {
		const { args, span } = call;
		const [condition, message] = args;
		if (!condition || !message) return;
		emitter.block(`if (!${emitter.scalar(condition)})`, () => {
			emitter.event(
				"assert",
				placeParams(call),
				[{ name: "message", value: message }],
				span,
			);
			emitter.leave();
		});
	},
	handle: (event, host) => {
		const [field] = event.fields;
		const text = field
			? host.text(event.view, event.start + field.offset, field.layout)
			: "";
		host.out.message("error", `assert failed: ${text}`, messagePlace(event));
		host.exit(EXIT_CODE);
	},
};
