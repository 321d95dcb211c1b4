// `fentry:bpf:NAME`: BPF programs that run already, and their functions, as places to trace.
import type {
	Missing,
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { compileGlob } from "./glob.ts";
import { checkParts, givenParts, partSpan, suggest } from "./spec.ts";

/** What stands for a module's name. */
export const bpfModule = "bpf";

export function programMatches(
	provider: ProbeProvider,
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const parts = checkParts(spec, 2, 3, provider, context);
	if (parts === undefined) return [];
	return [...programFunctions(provider.name, parts, context.environment)];
}

/** `parts`: `bpf`, an id where one is asked for, and a name. */
export function* programFunctions(
	provider: string,
	parts: readonly string[],
	environment: ProbeEnvironment,
): Iterable<ProbeMatch> {
	const hasId = compileGlob(parts.length > 2 ? (parts[1] ?? "*") : "*");
	const isMeant = compileGlob(parts.at(-1) || "*");
	for (const { id, functions } of environment.runningPrograms()) {
		if (!hasId(String(id))) continue;
		for (const func of functions.filter(isMeant)) {
			yield {
				probe: `${provider}:${bpfModule}:${id}:${func}`,
				target: { kind: "tracing", bpfProgram: { id, function: func } },
				programType: "tracing",
				section: provider,
				hasRegisters: false,
				func,
				variant: `${id}:${func}`,
			};
		}
	}
}

export function missingProgram(
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing {
	const parts = givenParts(spec);
	const name = parts.at(-1) ?? "";
	const names = environment.runningPrograms().flatMap((p) => p.functions);
	const help = suggest(
		name,
		names,
		`list them with: kask -l '${spec.provider}:${bpfModule}:*'`,
	);
	const span = partSpan(spec, parts.length - 1);
	return { code: "E0329", args: { name }, options: { span, help } };
}
