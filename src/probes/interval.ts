// interval: a timer on one CPU, for printing something again and again.
import type { ProbeProvider } from "./definition.ts";
import { timedMatches, timedNames } from "./timing.ts";

export const interval: ProbeProvider = {
	name: "interval",
	aliases: ["i"],
	forms: ["interval:s:COUNT", "interval:hz:RATE", "interval:DURATION"],
	doc: "Fires again and again on one CPU. Units are s, ms, us and hz; a duration such as 500ms does as well.",
	fires: "on one CPU, from a timer interrupt, whatever runs there",
	example:
		"tracepoint:raw_syscalls:sys_enter { @ = count(); } interval:s:1 { print(@); clear(@); }",
	resolve: (spec, context) => timedMatches(interval, "interval", spec, context),
	list: (parts) => timedNames("interval", parts),
};
