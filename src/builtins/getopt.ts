// getopt(): an option or a positional parameter of the script.
import { integerTypeFor } from "../types/layout.ts";
import { boolType, stringType, type Type } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import type { OptionDeclaration, OptionKind, OptionLiteral } from "./option.ts";

const operandName = /^<([A-Za-z][\w-]*)>$/;
/** A digit alone is a name too: `-4`. */
const optionNames = /^(?:\d|[A-Za-z_][\w-]*)(?:\|(?:\d|[A-Za-z_][\w-]*))*$/;

function declared(
	args: readonly OptionLiteral[],
): OptionDeclaration | undefined {
	const [name, initial, description] = args;
	if (typeof name?.value !== "string") return undefined;
	const operand = operandName.exec(name.value)?.[1];
	return {
		names: operand === undefined ? name.value.split("|") : [operand],
		operand: operand !== undefined,
		kind: initial && kindOf(initial),
		initial: initial?.value,
		description: String(description?.value ?? ""),
	};
}

function kindOf({ value, duration }: OptionLiteral): OptionKind {
	if (duration) return "duration";
	if (typeof value === "bigint") return "number";
	return typeof value === "string" ? "string" : "flag";
}

function optionValue(call: CheckCall): bigint | string | boolean {
	const [name, initial] = call.args;
	const [first = ""] = String(name?.constant).split("|");
	// A name that came through a macro was not seen as a declaration.
	return call.settings.options.get(first) ?? initial?.constant ?? false;
}

export const getopt: BuiltinDefinition = {
	name: "getopt",
	group: "maps",
	signatures: [
		"getopt(name: literal string, default?: literal int|bool|string, description?: literal string)",
	],
	doc: "An option of the script, given after it: `-m`, `-p 12`, `--pid=12`; else its default, whose type it has. Other names of it stand behind `|`. Without a default, or with a bool, it is a flag; with a duration (`10ms`), it takes durations. A name in angle brackets is a positional parameter. It may be asked for again by any of its names alone.",
	example:
		'begin { if (getopt("q|quiet", false, "say nothing")) { exit(); } printf("hello %s\\n", getopt("<who>", "world", "whom to greet")); exit(); }',
	option: declared,
	check: (call): Type => {
		const name = String(call.args[0]?.constant);
		if (!operandName.test(name) && !optionNames.test(name))
			call.report("E0480", { name }, { span: call.args[0]?.span ?? call.span });
		const value = optionValue(call);
		if (typeof value === "bigint") return integerTypeFor(value, true);
		return typeof value === "string" ? stringType(value.length + 1) : boolType;
	},
	fold: optionValue,
};
