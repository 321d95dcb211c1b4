// min(): cells of `{ u64 or s64 value; u64 set; }`; a CPU that saw nothing has `set` 0.
import type { AggregateDefinition } from "../definition.ts";
import { extremeOfCells, renderInteger } from "./aggregate-value.ts";

export const renderMin: AggregateDefinition["render"] = (
	cells,
	_params,
	signed,
) =>
	renderInteger(
		extremeOfCells(cells, signed, (a, b) => a < b),
		"map",
	);
