// print_hist(): a histogram as bcc's tools print it.
import { typeName } from "../types/type-name.ts";
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { textParam } from "./handle/event-params.ts";
import { readString } from "./render/bytes.ts";

export const printHist: BuiltinDefinition = {
	name: "print_hist",
	group: "output",
	signatures: ["print_hist(map: map, unit?: string, label?: literal string)"],
	doc: "Prints a hist() or lhist() map as a table with a heading that says what is counted, the way bcc's tools do: `usecs : count distribution`. Without a heading it is the unit that unit() gave the map; such maps have a line with mean, p50, p95 and p99 below. Rows start at 0, so that tables of several intervals can be compared. Maps with keys have one table per key, headed `label = key`; an empty label leaves the heading out.",
	example:
		'begin { @usecs = hist(12); print_hist(@usecs, "usecs"); clear(@usecs); exit(); }',
	check: (call) => {
		const map = call.args[0];
		const value = map?.map?.value;
		const found =
			value?.kind === "aggregate"
				? `${value.name}()`
				: value && typeName(value);
		if (found !== undefined && found !== "hist()" && found !== "lhist()") {
			const args = { map: map?.map?.name ?? "", found };
			call.report("E0455", args, { span: map?.span ?? call.span });
		}
		return voidType;
	},
	emitStatement: (emitter, { args, span }) => {
		const [map, unit, label] = args;
		if (!map?.map) return;
		const constant = unit === undefined || typeof unit.constant === "string";
		emitter.event(
			"print_hist",
			{
				map: map.map.name,
				unit: constant ? String(unit?.constant ?? "") : "",
				label: label ? String(label.constant) : null,
			},
			constant ? [] : [{ name: "unit", value: unit }],
			span,
		);
	},
	handle: (event, host) => {
		const field = event.fields[0];
		const unit =
			field?.layout.kind === "string"
				? readString(
						event.view,
						event.start + field.offset,
						field.layout.size,
						"",
					)
				: textParam(event, "unit");
		const { label: given } = event.params;
		const label = typeof given === "string" ? given : undefined;
		host.maps.printTable(textParam(event, "map"), unit, label);
	},
};
