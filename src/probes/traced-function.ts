// fentry and fexit: kernel functions through BPF trampolines. Only functions whose prototype BTF holds.
import type { FunctionSignature } from "../types/type-source.ts";
import { slotArguments, slotResultOffset, trust } from "./arguments.ts";
import type {
	Missing,
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { hasWildcard } from "./glob.ts";
import {
	type KernelFunctionSpec,
	kernelFunctionsMatching,
	missingKernelFunction,
	readKernelFunction,
} from "./kernel-function.ts";
import { listedFunction, withoutResult } from "./kprobe.ts";
import {
	bpfModule,
	missingProgram,
	programFunctions,
	programMatches,
} from "./running-program.ts";
import { joinWords, partSpan } from "./spec.ts";

/** Resolves a spec of `fentry` or `fexit`. */
export function tracedMatches(
	provider: ProbeProvider,
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const { environment } = context;
	if (environment.kernelTypes === undefined) {
		context.report("E0321", { provider: provider.name }, { span: spec.span });
		return [];
	}
	if (spec.parts[0] === bpfModule)
		return programMatches(provider, spec, context);
	const read = readKernelFunction(provider, false, spec, context);
	if (read === undefined || isAmbiguous(provider, read, spec, context))
		return [];
	return [...tracedFunctions(provider.name, read, environment)];
}

/** Full names for `-l`. */
export function* listTraced(
	provider: string,
	parts: readonly string[],
	environment: ProbeEnvironment,
): Iterable<string> {
	const matches =
		parts[0] === bpfModule
			? programFunctions(provider, parts, environment)
			: tracedFunctions(provider, listedFunction(parts), environment);
	for (const match of matches) yield match.probe;
}

export function missingTraced(
	provider: string,
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing {
	return spec.parts[0] === bpfModule
		? missingProgram(spec, environment)
		: missingKernelFunction(provider, spec, environment);
}

/** Where several modules have a function of that name, libbpf would silently take the first. */
function isAmbiguous(
	provider: ProbeProvider,
	{ module, func }: KernelFunctionSpec,
	spec: SpecText,
	context: ResolveContext,
): boolean {
	if (module !== undefined || hasWildcard(func)) return false;
	const modules = context.environment.modulesOf(func);
	if (modules.length < 2) return false;
	context.report(
		"E0322",
		{ func, modules: joinWords(modules, "and") },
		{
			span: partSpan(spec, 0),
			help: `say which one: ${provider.name}:${modules[0]}:${func}`,
		},
	);
	return true;
}

export function* tracedFunctions(
	provider: string,
	spec: KernelFunctionSpec,
	environment: ProbeEnvironment,
): Iterable<ProbeMatch> {
	const many = hasWildcard(spec.func) || hasWildcard(spec.module ?? "");
	const typed = many ? typedFunctions(environment) : undefined;
	// The module is part of the probe's name. Going through the modules tells it without asking for each function.
	const anyModule = hasWildcard(spec.func) ? "*" : undefined;
	const within = { ...spec, module: spec.module ?? anyModule };
	for (const found of kernelFunctionsMatching(within, environment)) {
		const { func } = found;
		if (typed && !typed.has(func)) continue;
		const module = found.module ?? environment.modulesOf(func)[0] ?? "";
		const signature = () => environment.kernelSignature(func, module);
		if (!typed && signature() === undefined) continue;
		yield tracedMatch(provider, module, func, signature);
	}
}

function tracedMatch(
	provider: string,
	module: string,
	func: string,
	signature: () => FunctionSignature | undefined,
): ProbeMatch {
	const match: ProbeMatch = {
		probe: `${provider}:${module}:${func}`,
		target: { kind: "tracing" },
		programType: "tracing",
		section: `${provider}/${func}`,
		hasRegisters: false,
		func,
		declarations: () => withoutResult(signature()),
		args: () => {
			const found = signature();
			return found && slotArguments(found, `args:fentry:${func}`, true);
		},
	};
	if (provider !== "fexit") return match;
	return {
		...match,
		declarations: () => signature()?.declarations?.(),
		retval: () => {
			const found = signature();
			// A function without a result has none to trace.
			return found && found.returns.kind !== "void"
				? trust(found.returns)
				: undefined;
		},
		get retvalOffset() {
			const found = signature();
			return found && slotResultOffset(found);
		},
	};
}

function typedFunctions(environment: ProbeEnvironment): ReadonlySet<string> {
	return new Set(environment.kernelTypes?.trampolineNames() ?? []);
}
