// Functions that the compiler made another of: `finish_task_switch` stands in a kernel as `finish_task_switch.isra.0`
// when GCC changed its parameters, as `NAME.constprop.0` when it made a copy for a constant argument.
import type {
	ProbeEnvironment,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { hasWildcard } from "./glob.ts";
import {
	type KernelFunctionSpec,
	kernelFunctionsMatching,
} from "./kernel-function.ts";
import { newNameOf } from "./moved-functions.ts";
import { joinWords, partSpan, suggest } from "./spec.ts";

/** `.part.0` is left out: it holds the rest of a function whose beginning was put into the callers. */
const whole = /^\.(?:isra|constprop)\.[\d.]*(?:isra|constprop|\d|\.)*$/;
/** As it may end a spec: `lookup_fast.constprop.*`. */
const suffix = /\.(?:isra|constprop)(?:\.[^.]*)*$/;

type Found =
	ReturnType<typeof kernelFunctionsMatching> extends Iterable<infer F>
		? F
		: never;

/**
 * The functions that a spec of a kprobe means. Where a function is known by another name of the compiler's making, that
 * is taken, with a warning.
 */
export function probedFunctions(
	read: KernelFunctionSpec,
	spec: SpecText,
	context: ResolveContext,
): readonly Found[] {
	const { environment } = context;
	const found = [...kernelFunctionsMatching(read, environment)];
	if (found.length > 0) return found;
	const others = read.offset > 0 ? [] : otherNames(read, environment);
	if (others.length === 0) return forced(read, spec, context);
	const span = partSpan(spec, spec.parts.length - 1);
	const names = joinWords(
		others.map(({ func }) => func),
		"and",
	);
	context.report("W0306", { func: read.func, names }, { span });
	return others;
}

/** Under --unsafe the kernel is asked for a function all the same that is not known to be traceable. */
function forced(
	{ module, func }: KernelFunctionSpec,
	spec: SpecText,
	{ environment, report }: ResolveContext,
): readonly Found[] {
	const isNamed = !hasWildcard(func) && !hasWildcard(module ?? "");
	if (!environment.unsafe || !isNamed || newNameOf(spec, environment))
		return [];
	const span = partSpan(spec, spec.parts.length - 1);
	const near = suggest(func, environment.kernelFunctions());
	report("W0309", { func }, near ? { span, help: near } : { span });
	return [{ module, func }];
}

function otherNames(
	read: KernelFunctionSpec,
	environment: ProbeEnvironment,
): readonly Found[] {
	const { func } = read;
	const plain = func.replace(suffix, "");
	if (plain !== func)
		return [...kernelFunctionsMatching({ ...read, func: plain }, environment)];
	if (hasWildcard(func)) return [];
	const like = { ...read, func: `${func}.*` };
	return [...kernelFunctionsMatching(like, environment)].filter((made) =>
		whole.test(made.func.slice(func.length)),
	);
}
