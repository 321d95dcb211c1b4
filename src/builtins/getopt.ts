// getopt(): a named parameter of the script.
import { toByteString } from "../base/byte-text.ts";
import { integerTypeFor } from "../types/layout.ts";
import { boolType, stringType, type Type } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	OptionDeclaration,
} from "./definition.ts";

function declared(
	args: readonly (bigint | string | boolean)[],
): OptionDeclaration | undefined {
	const [name, initial = false, description = ""] = args;
	if (typeof name !== "string") return undefined;
	const kind =
		typeof initial === "bigint"
			? "number"
			: typeof initial === "string"
				? "string"
				: "flag";
	return { name, kind, initial, description: String(description) };
}

function optionValue(call: CheckCall): bigint | string | boolean | undefined {
	const constants = call.args.map((a) => a.constant ?? false);
	const option = declared(constants);
	if (option === undefined) return undefined;
	const given = call.settings.options.get(option.name);
	if (typeof given === "string") return toByteString(given);
	return given ?? option.initial;
}

export const getopt: BuiltinDefinition = {
	name: "getopt",
	group: "maps",
	signatures: [
		"getopt(name: literal string, default?: literal int|bool|string, description?: literal string)",
	],
	doc: "A named parameter: `-m` or `--name=value` after the script on the command line, else the default. Without a default, or with a bool, it is a flag.",
	example:
		'begin { if (getopt("quiet", false, "say nothing")) { exit(); } printf("hello\\n"); exit(); }',
	option: declared,
	check: (call): Type => {
		const value = optionValue(call);
		if (typeof value === "bigint") return integerTypeFor(value, true);
		return typeof value === "string" ? stringType(value.length + 1) : boolType;
	},
	fold: optionValue,
};
