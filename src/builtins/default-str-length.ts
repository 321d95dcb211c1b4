// default_str_length: how much of a text is read where nothing says how long it is.
import { uint64 } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";

export const defaultStrLength: BuiltinDefinition = {
	name: "default_str_length",
	group: "data",
	signatures: ["default_str_length"],
	doc: "Bytes that str() reads where no length is given: the setting `max_strlen`.",
	example: "begin { print(default_str_length); exit(); }",
	check: () => uint64,
	fold: ({ settings }) => BigInt(settings.maxStrlen),
};
