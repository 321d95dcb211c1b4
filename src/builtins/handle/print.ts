// print: of a map, params { map, top?, div? } and no field; of any other value, one field.
import type { BuiltinDefinition } from "../definition.ts";
import { numberParam, textParam } from "./event-params.ts";

export const handlePrint: NonNullable<BuiltinDefinition["handle"]> = (
	event,
	host,
) => {
	const field = event.fields[0];
	if (field === undefined) {
		host.maps.print(
			textParam(event, "map"),
			numberParam(event, "top"),
			numberParam(event, "div"),
		);
		return;
	}
	const at = event.start + field.offset;
	host.out.value(
		() => host.text(event.view, at, field.layout),
		() => host.json(event.view, at, field.layout),
	);
};
