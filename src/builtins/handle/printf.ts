// printf: params { format }, one field per conversion.
import type { BuiltinDefinition } from "../definition.ts";
import { textParam } from "./event-params.ts";

export const handlePrintf: NonNullable<BuiltinDefinition["handle"]> = (
	event,
	host,
) => host.out.text("printf", host.format(textParam(event, "format"), event));
