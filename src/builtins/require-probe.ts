// Builtins that only some kinds of probes have.
import type { CheckCall } from "./definition.ts";

/** Reports a probe that is none of these; nothing is said of a probe that is not known itself. */
export function requireProbe(
	call: CheckCall,
	name: string,
	providers: ReadonlySet<string>,
	where: string,
): void {
	const { provider } = call.probe;
	if (provider === "" || providers.has(provider)) return;
	call.report("E0460", { name, provider, where });
}
