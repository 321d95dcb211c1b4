// Reading what an event carries: parameters known when compiling, and fields by name.
import type { HostEvent } from "../host.ts";
import { integerReader } from "../render/integers.ts";

export function textParam(event: HostEvent, name: string): string {
	const value = event.params[name];
	return typeof value === "string" ? value : "";
}

export function numberParam(event: HostEvent, name: string): number {
	const value = event.params[name];
	return typeof value === "number" ? value : 0;
}

/** The field of that name as an integer; undefined where the event has none. */
export function integerField(
	event: HostEvent,
	name: string,
): number | bigint | undefined {
	const field = event.fields.find((f) => f.name === name);
	if (field === undefined) return undefined;
	const at = event.start + field.offset;
	switch (field.layout.kind) {
		case "bool":
			return event.view.getUint8(at);
		case "int":
		case "enum":
			return integerReader(field.layout.size, field.layout.signed)(
				event.view,
				at,
			);
		default:
			return undefined;
	}
}
