// sum(): cells of one u64 or s64.
import type { AggregateDefinition } from "../definition.ts";
import { renderInteger, sumOfCells } from "./aggregate-value.ts";

export const renderSum: AggregateDefinition["render"] = (
	cells,
	_params,
	signed,
) => renderInteger(sumOfCells(cells, signed), "map");
