// print_rows(): a map as a table of the script's own making.
import { typeName } from "../types/type-name.ts";
import { int64, type Type, voidType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall, TypedExpr } from "./definition.ts";
import { checkSpec, parseFormat, valueIndex } from "./format-string.ts";
import { numberParam, textParam } from "./handle/event-params.ts";

/** Aggregations that do not come out as one number: how many they come out as. */
const numbersOf: Readonly<Record<string, number>> = {
	stats: 3,
	hist: 0,
	lhist: 0,
	llhist: 0,
	tseries: 0,
};

function partsOf(type: Type | undefined): readonly Type[] {
	if (type === undefined) return [];
	if (type.kind === "tuple") return type.elements;
	if (type.kind === "record") return type.fields.map((field) => field.type);
	if (type.kind !== "aggregate") return [type];
	return Array.from({ length: numbersOf[type.name] ?? 1 }, () => int64);
}

/** Unlike printf's, a row may leave parts out, and may print numbers with decimals. */
function checkRow(call: CheckCall, format: TypedExpr, parts: readonly Type[]) {
	const { specs } = parseFormat(String(format.constant));
	specs.forEach((spec, i) => {
		const index = valueIndex(spec, i);
		const type = parts[index];
		if (type === undefined) {
			const [conversions, values] = [counted(index + 1), counted(parts.length)];
			call.report("E0450", { conversions, values }, { span: format.span });
		} else if (spec.conversion !== "f" || type.kind !== "int") {
			for (const { code, args } of checkSpec(spec, index, type))
				call.report(code, args, { span: format.span });
		}
	});
}

const counted = (n: number) => (n === 1 ? "1 value" : `${n} values`);

function orderIn(args: readonly TypedExpr[]): string | undefined {
	return args.find((arg) => arg.word !== undefined)?.word;
}

export const printRows: BuiltinDefinition = {
	name: "print_rows",
	group: "output",
	signatures: [
		"print_rows(map: map, format: literal string, top?: literal int, div?: literal int)",
		"print_rows(map: map, format: literal string, order: word)",
		"print_rows(map: map, format: literal string, top: literal int, order: word)",
	],
	doc: "Prints a map as a table: each entry by a printf format that is given the parts of its key, then its value (of stats(): count, average and total). The greatest value comes first, or last with the word `ascending`; `top` is how many rows (0: all); values are divided by `div`, and %.2f prints them with decimals. `%2$s` names a part by its number.",
	example:
		'begin { @n[comm, 1] = count(); print_rows(@n, "%2$-5d %1$-16s %3$d\\n"); clear(@n); exit(); }',
	check: (call) => {
		const [map, format] = call.args;
		const order = orderIn(call.args);
		const value = map?.map?.value;
		if (value?.kind === "aggregate" && numbersOf[value.name] === 0) {
			const wanted = `a map of numbers, and @${map?.map?.name} holds ${typeName(value)}`;
			const help = "print histograms with print() or print_hist()";
			call.report("E0464", { name: "print_rows", wanted, help });
		} else if (format && value)
			checkRow(call, format, [...partsOf(map?.map?.key), ...partsOf(value)]);
		if (order !== undefined && order !== "ascending") {
			const wanted = "the word ascending here";
			const help = "the greatest value comes first unless told otherwise";
			call.report("E0464", { name: "print_rows", wanted, help });
		}
		return voidType;
	},
	emitStatement: (emitter, { args, span }) => {
		const [map, format, top, div] = args;
		if (!map?.map) return;
		const params = {
			map: map.map.name,
			format: String(format?.constant ?? ""),
			top: Number(top?.constant ?? 0),
			div: Number(div?.constant ?? 1),
			ascending: orderIn(args) === undefined ? 0 : 1,
		};
		emitter.event("print_rows", params, [], span);
	},
	handle: (event, host) =>
		host.maps.printRows(textParam(event, "map"), textParam(event, "format"), {
			top: numberParam(event, "top"),
			div: Math.max(1, numberParam(event, "div")),
			ascending: numberParam(event, "ascending") === 1,
		}),
};
