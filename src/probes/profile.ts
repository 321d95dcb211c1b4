// profile: a timer on every CPU, for finding out what they are busy with.
import type { ProbeProvider } from "./definition.ts";
import { timedMatches, timedNames } from "./timing.ts";

export const profile: ProbeProvider = {
	name: "profile",
	aliases: ["p"],
	forms: ["profile:hz:RATE", "profile:ms:COUNT", "profile:DURATION"],
	doc: "Samples every CPU at a fixed rate: what runs there, in which function. 99 Hz is usual, as it does not beat with timers of 100 Hz.",
	fires: "on every CPU, from a timer interrupt, whatever runs there",
	example: "profile:hz:99 { @[kstack] = count(); }",
	resolve: (spec, context) => timedMatches(profile, "profile", spec, context),
	list: (parts) => timedNames("profile", parts),
};
