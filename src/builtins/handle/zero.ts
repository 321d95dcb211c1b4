// zero: params { map }.
import type { BuiltinDefinition } from "../definition.ts";
import { textParam } from "./event-params.ts";

export const handleZero: NonNullable<BuiltinDefinition["handle"]> = (
	event,
	host,
) => host.maps.zero(textParam(event, "map"));
