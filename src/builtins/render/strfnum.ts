// strfnum() values: the number as 8 bytes; `params.format` has one conversion, `params.div` is the unit.
import type { OpaqueDefinition } from "../definition.ts";
import { parseFormat } from "../format-string.ts";
import type { Renderer } from "./context.ts";
import { pad } from "./format.ts";
import { integerReader } from "./integers.ts";
import { numberText } from "./row.ts";

const compiled = new Map<string, Renderer<string>>();

function compile(format: string, div: number, signed: boolean) {
	const { fragments, specs } = parseFormat(format);
	const [spec] = specs;
	const [before = "", after = ""] = fragments;
	if (spec === undefined) return () => before;
	const text = pad(numberText(spec, integerReader(8, signed), div), spec);
	return (view: DataView, at: number) => before + text(view, at) + after;
}

export const renderStrfnum: OpaqueDefinition = {
	text: (bytes, { format, div, signed }) => {
		const key = `${div} ${signed} ${format}`;
		let text = compiled.get(key);
		if (text === undefined) {
			text = compile(String(format), Number(div), signed === true);
			compiled.set(key, text);
		}
		return text(bytes, 0);
	},
};
