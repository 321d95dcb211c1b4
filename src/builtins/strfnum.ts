// strfnum(): a number in a format of its own, with decimals.
import type { OpaqueType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { parseFormat } from "./format-string.ts";
import { renderStrfnum } from "./render/strfnum.ts";

function checkFormat({ args: [format], report }: CheckCall): void {
	const { specs } = parseFormat(String(format?.constant ?? ""));
	const [spec] = specs;
	if (specs.length === 1 && /^[dif]$/.test(spec?.conversion ?? "")) return;
	const wanted = "a format with one conversion, %d or %f";
	const help = 'for example strfnum("%.2f", nsecs, 1ms)';
	report("E0464", { name: "strfnum", wanted, help }, { span: format?.span });
}

export const strfnum: BuiltinDefinition = {
	name: "strfnum",
	group: "data",
	signatures: [
		"strfnum(format: literal string, number: int, unit?: literal int)",
	],
	doc: 'A number to print with %s, formatted by itself and divided by the unit: `strfnum("%.3f", elapsed, 1s)` is 2.849 after so many seconds. The format has one conversion, %d or %f.',
	example:
		'begin { printf("%s ms\\n", strfnum("%8.2f", 1234567, 1ms)); exit(); }',
	check: (call): OpaqueType => {
		checkFormat(call);
		const [format, number, unit] = call.args;
		const { type } = number ?? {};
		const params = {
			format: String(format?.constant ?? ""),
			div: Math.max(1, Number(unit?.constant ?? 1)),
			signed: type?.kind !== "int" || type.signed,
		};
		return { kind: "opaque", name: "strfnum", size: 8, align: 8, params };
	},
	emitScalar: (emitter, { args }) => {
		const value = args[1];
		return value ? emitter.scalar(value) : "0";
	},
	opaque: renderStrfnum,
};
