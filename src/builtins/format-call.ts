// What all builtins with a printf format share: the check, and what goes into the event.
import type { CheckCall, EmitCall, EventField } from "./definition.ts";
import { checkFormat } from "./format-string.ts";

/** Checks the format in the first argument against the values after it. */
export function checkFormatCall(call: CheckCall): void {
	const [format, ...values] = call.args;
	if (typeof format?.constant !== "string") return;
	const problems = checkFormat(
		format.constant,
		values.map((value) => value.type),
	);
	for (const { code, args, argument } of problems) {
		const value = argument === undefined ? format : values[argument];
		call.report(code, args, { span: value?.span ?? format.span });
	}
}

/** The format as an event's `params` carry it. */
export function formatOf(call: Pick<CheckCall, "args">): string {
	const format = call.args[0]?.constant;
	return typeof format === "string" ? format : "";
}

/** The values after the format, as an event's fields. */
export function formatFields(call: EmitCall): readonly EventField[] {
	return call.args.slice(1).map((value, i) => ({ name: String(i), value }));
}
