// Specs that name functions of the kernel: `function`, `module:function`, `function+offset`, each with wildcards.
import type {
	Missing,
	ProbeEnvironment,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { compileGlob, filterGlob, hasWildcard } from "./glob.ts";
import { successorOf } from "./moved-functions.ts";
import { similarProbe, similarReturn } from "./similar.ts";
import {
	checkParts,
	givenParts,
	joinWords,
	partSpan,
	readNumber,
	suggest,
} from "./spec.ts";
import { loadHint } from "./unloaded-module.ts";

export interface KernelFunctionSpec {
	/** May hold wildcards. */
	readonly module: string | undefined;
	/** May hold wildcards. */
	readonly func: string;
	/** Bytes from the function's start. */
	readonly offset: number;
}

/** Name of the kernel proper among its modules. */
export const kernelProper = "vmlinux";

/** Reads the parts; reports what is wrong with them. */
export function readKernelFunction(
	provider: ProbeProvider,
	offsets: boolean,
	spec: SpecText,
	context: ResolveContext,
): KernelFunctionSpec | undefined {
	const parts = checkParts(spec, 1, 2, provider, context);
	if (parts === undefined) return undefined;
	const last = parts.length - 1;
	const span = partSpan(spec, last);
	const [func = "", offset, ...more] = (parts[last] ?? "").split("+");
	const module = last > 0 ? parts[0] : undefined;
	if (readNumber(func) !== undefined) {
		context.report("E0315", { provider: provider.name }, { span });
		return undefined;
	}
	if (offset === undefined) return { module, func, offset: 0 };
	if (!offsets) {
		context.report("E0316", { provider: provider.name }, { span });
		return undefined;
	}
	const value = readNumber(offset);
	if (value === undefined || value > 0xffff_ffffn || more.length > 0) {
		const text = [offset, ...more].join("+");
		context.report("E0305", { text, what: "the offset" }, { span });
		return undefined;
	}
	if (value > 0n && hasWildcard(func)) {
		context.report("E0308", { what: "a function with an offset" }, { span });
		return undefined;
	}
	return { module, func, offset: Number(value) };
}

/** Functions that a spec means, with the module where one was asked for. */
export function* kernelFunctionsMatching(
	spec: KernelFunctionSpec,
	environment: ProbeEnvironment,
): Iterable<{ readonly module: string | undefined; readonly func: string }> {
	const { module, func } = spec;
	if (module === undefined) {
		if (!hasWildcard(func)) {
			if (environment.modulesOf(func).length > 0) yield { module, func };
			return;
		}
		for (const name of filterGlob(environment.kernelFunctions(), func))
			yield { module, func: name };
		return;
	}
	for (const name of modulesMatching(module, environment)) {
		if (hasWildcard(func)) {
			for (const f of filterGlob(environment.kernelFunctions(name), func))
				yield { module: name, func: f };
		} else if (environment.modulesOf(func).includes(name)) {
			yield { module: name, func };
		}
	}
}

function modulesMatching(
	pattern: string,
	environment: ProbeEnvironment,
): Iterable<string> {
	if (!hasWildcard(pattern)) return [pattern];
	return filterGlob(allModules(environment), pattern);
}

function allModules(environment: ProbeEnvironment): readonly string[] {
	return [...new Set([kernelProper, ...environment.kernelModules()])];
}

/** What is unknown: the module, or the function. */
export function missingKernelFunction(
	provider: string,
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing {
	const parts = givenParts(spec);
	const last = parts.length - 1;
	const func = (parts[last] ?? "").split("+")[0] ?? "";
	const module = last > 0 ? (parts[0] ?? "") : undefined;
	const modules = allModules(environment);
	if (module !== undefined && !modules.some(compileGlob(module))) {
		return {
			code: "E0314",
			args: { module },
			options: {
				span: partSpan(spec, 0),
				help: suggest(module, modules, `load it with: modprobe ${module}`),
			},
		};
	}
	const homes = environment.modulesOf(func);
	const help =
		homes.length > 0
			? `${func} belongs to ${joinWords(homes, "and")}: write ${provider}:${homes[0]}:${func}`
			: functionHelp(provider, func, environment);
	return {
		code: "E0313",
		args: { func: module === undefined ? func : `${module}:${func}` },
		options: { span: partSpan(spec, last), ...(help ? { help } : {}) },
	};
}

/** What has taken its place; else the nearest function; else the most similar tracepoint. */
function functionHelp(
	provider: string,
	func: string,
	environment: ProbeEnvironment,
): string | undefined {
	if (hasWildcard(func)) return undefined;
	const successor = successorOf(provider, func, environment);
	if (successor !== undefined)
		return `this kernel has ${successor} in its place; ${provider}:${func} ?? ${successor} takes whichever there is`;
	const load = loadHint(func, environment);
	if (load !== undefined) return load;
	const near = suggest(func, environment.kernelFunctions());
	if (near !== undefined) return near;
	const similar = isReturn(provider)
		? similarReturn(func, environment)
		: similarProbe(func, environment);
	return similar === undefined
		? undefined
		: `the compiler may have inlined it; ${similar} is near`;
}

/** For kernels without probes on functions: what else is near to that function. */
export function nearestToFunction(
	spec: SpecText,
	environment: ProbeEnvironment,
): string | undefined {
	const func = (givenParts(spec).at(-1) ?? "").split("+")[0] ?? "";
	return similarProbe(func, environment);
}

/** The same for probes on what a function returns. */
export function nearestToReturn(
	spec: SpecText,
	environment: ProbeEnvironment,
): string | undefined {
	const func = givenParts(spec).at(-1) ?? "";
	return similarReturn(func, environment);
}

function isReturn(provider: string): boolean {
	return provider === "kretprobe" || provider === "fexit";
}
