// Probes that no event of the kernel fires but kask itself, by a test run of the program. A raw tracepoint program is
// the one kind that every kernel since 5.10 can run so, in the process that asks for it.
import type { AttachTarget } from "../plan.ts";
import type {
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { checkParts, givenParts } from "./spec.ts";

export function onceMatch(probe: string, target: AttachTarget): ProbeMatch {
	return {
		probe,
		target,
		programType: "raw_tp",
		section: "raw_tp",
		hasRegisters: false,
	};
}

/** `begin` and `end`: nothing may follow. */
export function onceMatches(
	provider: ProbeProvider,
	kind: "begin" | "end",
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const bare = givenParts(spec).join() === "*" ? { ...spec, parts: [] } : spec;
	return checkParts(bare, 0, 0, provider, context)
		? [onceMatch(kind, { kind })]
		: [];
}
