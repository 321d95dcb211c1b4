// sum(): cells of `{ u64 or s64 total; u64 set; }`.
import type { AggregateDefinition } from "../definition.ts";
import { renderInteger, sumOfCells } from "./aggregate-value.ts";

export const renderSum: AggregateDefinition["render"] = (
	cells,
	_params,
	signed,
) => renderInteger(sumOfCells(cells, signed), "map");
