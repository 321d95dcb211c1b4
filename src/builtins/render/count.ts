// count(): cells of one u64.
import type { AggregateDefinition } from "../definition.ts";
import { renderInteger, sumOfCells } from "./aggregate-value.ts";

export const renderCount: AggregateDefinition["render"] = (cells) =>
	renderInteger(sumOfCells(cells, false), "map");
