// unit(): what the numbers of a map count.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { checkWholeMap } from "./map-keys.ts";

export const unit: BuiltinDefinition = {
	name: "unit",
	group: "maps",
	signatures: ["unit(map: map, unit: literal string)"],
	doc: "Says what the numbers of a map count: us, ms, bytes, pages … Costs nothing while tracing. The map's head and JSON records then carry the unit, and histograms have a line with the mean and with p50, p95 and p99, estimated from the buckets.",
	runs: "in user space, when the map is printed",
	example:
		'begin { unit(@latency, "us"); @latency = hist(12); @latency = hist(90); exit(); }',
	check: (call) => {
		checkWholeMap(call, "unit");
		return voidType;
	},
	mapUnit: ({ args: [map, unit] }) =>
		map?.map && { map: map.map.name, unit: String(unit?.constant ?? "") },
	emitStatement: () => {},
};
