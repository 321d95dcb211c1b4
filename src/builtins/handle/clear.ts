// clear: params { map }.
import type { BuiltinDefinition } from "../definition.ts";
import { textParam } from "./event-params.ts";

export const handleClear: NonNullable<BuiltinDefinition["handle"]> = (
	event,
	host,
) => host.maps.clear(textParam(event, "map"));
