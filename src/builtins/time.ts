// time(): the wall clock's time when the event is printed.

import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { textParam } from "./handle/event-params.ts";
import { formatTime } from "./render/strftime.ts";

const usual = "%H:%M:%S\n";

export const time: BuiltinDefinition = {
	name: "time",
	group: "output",
	signatures: ["time(format?: literal string)"],
	doc: "Prints the time of day as strftime(3) formats it, at the moment the line is printed; without a format `%H:%M:%S` and a line end.",
	example: 'interval:s:1 { time("%H:%M:%S\\n"); exit(); }',
	check: () => voidType,
	emitStatement: (emitter, { args, span }) => {
		const format = args[0]?.constant;
		emitter.event(
			"time",
			{ format: typeof format === "string" ? format : usual },
			[],
			span,
		);
	},
	handle: (event, host) =>
		host.out.text("time", formatTime(textParam(event, "format"), host.now())),
};
