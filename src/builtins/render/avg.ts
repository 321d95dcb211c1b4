// avg(): cells of `{ u64 or s64 sum; u64 count; }`.
import type { AggregateDefinition } from "../definition.ts";
import { averageOfCells, renderInteger } from "./aggregate-value.ts";

export const renderAvg: AggregateDefinition["render"] = (
	cells,
	_params,
	signed,
) => renderInteger(averageOfCells(cells, signed).average, "stats");
