// The registry of probe providers, and the way from a spec to places in the kernel. A new provider is one file and one line here.
import { type Span, spanText } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import { begin } from "./begin.ts";
import { bench } from "./bench.ts";
import type {
	Missing,
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { end } from "./end.ts";
import { fentry } from "./fentry.ts";
import { fexit } from "./fexit.ts";
import { hasWildcard } from "./glob.ts";
import { hardware } from "./hardware.ts";
import { interval } from "./interval.ts";
import { iter } from "./iter.ts";
import { kprobe } from "./kprobe.ts";
import { kretprobe } from "./kretprobe.ts";
import { profile } from "./profile.ts";
import { rawtracepoint } from "./rawtracepoint.ts";
import { self } from "./self.ts";
import { software } from "./software.ts";
import { joinWords } from "./spec.ts";
import { test } from "./test.ts";
import { tracepoint } from "./tracepoint.ts";
import { uprobe } from "./uprobe.ts";
import { uretprobe } from "./uretprobe.ts";
import { usdt } from "./usdt.ts";
import { watchpoint } from "./watchpoint.ts";

/** In the order of the documentation. */
export const allProviders: readonly ProbeProvider[] = [
	begin,
	end,
	tracepoint,
	rawtracepoint,
	interval,
	profile,
	software,
	hardware,
	kprobe,
	kretprobe,
	fentry,
	fexit,
	uprobe,
	uretprobe,
	usdt,
	watchpoint,
	iter,
	self,
	test,
	bench,
];

const byName = new Map<string, ProbeProvider>(
	allProviders.flatMap((p) => [p.name, ...p.aliases].map((n) => [n, p])),
);

/** A provider by long, short or old name. Long names may be in capitals (`BEGIN`); short ones may not (`U` is no `u`). */
export function providerNamed(name: string): ProbeProvider | undefined {
	return (
		byName.get(name) ??
		(name.length > 2 ? byName.get(name.toLowerCase()) : undefined)
	);
}

/** Reports a provider's name that no provider has. */
export function reportUnknownProvider(
	written: string,
	span: Span,
	context: Pick<ResolveContext, "report">,
): void {
	const names = allProviders.map((p) => p.name);
	const near = nearestName(written, byName.keys());
	const help = near
		? `did you mean ${near}?`
		: `the probe types are ${joinWords(names, "and")}`;
	context.report("E0301", { name: written }, { span, help });
}

/**
 * All places that a spec means; reports mistakes in the spec. Nothing, without a report, where this machine has no such
 * place: `whyMissing` then says what there is instead.
 */
export function resolveSpec(
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const provider = providerNamed(spec.provider);
	if (provider === undefined) {
		reportUnknownProvider(spec.written, spec.span, context);
		return [];
	}
	// A mistake in the spec is told even where the kernel could not serve it.
	const matches = provider.resolve(spec, context);
	return lacks(provider, context.environment) ? [] : matches;
}

function lacks(
	provider: ProbeProvider,
	environment: ProbeEnvironment,
): boolean {
	return provider.needs !== undefined && !environment.has(provider.needs);
}

/** Why a spec resolved to nothing. undefined where that has been reported already. */
export function whyMissing(
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing | undefined {
	const provider = providerNamed(spec.provider);
	if (provider === undefined) return undefined;
	if (lacks(provider, environment)) {
		const near = provider.nearest?.(spec, environment);
		const help = near ? `the nearest it has is ${near}` : undefined;
		return {
			code: "E0312",
			args: { provider: provider.name },
			options: {
				span: spec.span,
				notes: provider.withheld ? [{ text: provider.withheld }] : [],
				...(help ? { help } : {}),
			},
		};
	}
	const why = provider.missing?.(spec, environment);
	const at = why?.options.span;
	// No name is near a pattern.
	if (provider.missing && !(at && hasWildcard(spanText(at)))) return why;
	const probe = [provider.name, ...spec.parts].join(":");
	return { code: "E0303", args: { probe }, options: { span: spec.span } };
}
