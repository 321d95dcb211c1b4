// Tracepoints of the perf kind, whose record is what tracefs describes. Attaching and tracing cost more than with raw
// tracepoints, and detaching much more: the compiler takes this kind only where the record is needed.
import { readFileSync } from "node:fs";
import { Errno } from "../result.ts";
import { type Attach, anyCpu } from "./context.ts";
import { failAttach } from "./failure.ts";
import { attachToEvent, PerfType, perfAttr } from "./perf-event.ts";

export const attachTracepoint: Attach<"tracepoint"> = (
	context,
	subject,
	target,
) => {
	const id = readTracepointId(context.tracefs, target.category, target.event);
	if (id === undefined)
		return failAttach(
			context,
			subject,
			Errno.ENOENT,
			"this kernel has no such tracepoint",
		);
	const attr = perfAttr(context.libc, PerfType.tracepoint, id);
	// Any CPU will do: the program runs wherever the tracepoint is passed.
	return attachToEvent(context, subject, attr, {
		pid: -1,
		cpu: anyCpu(context),
	});
};

function readTracepointId(
	tracefs: string | undefined,
	category: string,
	event: string,
): number | undefined {
	if (tracefs === undefined) return undefined;
	try {
		const id = Number.parseInt(
			readFileSync(`${tracefs}/events/${category}/${event}/id`, "latin1"),
			10,
		);
		return Number.isNaN(id) ? undefined : id;
	} catch {
		return undefined;
	}
}
