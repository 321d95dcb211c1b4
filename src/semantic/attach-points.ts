// From a written attach point to places of this machine: parameters filled in, alternatives tried in order, and what
// is missing reported as `missing_probes` says.
import type { AttachPoint, ProbeSpec } from "../../grammar/ast.ts";
import {
	attachPointText,
	buildAttachPoint,
} from "../../grammar/attach-point.ts";
import { fromByteString } from "../base/byte-text.ts";
import { type Diagnostics, makeDiagnostic } from "../base/diagnostics.ts";
import type { Span } from "../base/source.ts";
import type { Settings } from "../plan.ts";
import type {
	Missing,
	ProbeMatch,
	ProbeProvider,
	SpecText,
} from "../probes/definition.ts";
import {
	providerNamed,
	reportUnknownProvider,
	resolveSpec,
	whyMissing,
} from "../probes/index.ts";
import type { CompileEnvironment } from "./environment.ts";

export interface ResolvedSpec {
	readonly provider: ProbeProvider;
	/** The attach point as written. */
	readonly written: string;
	readonly matches: readonly ProbeMatch[];
	/** Set where there were alternatives. */
	readonly choice?: Choice;
	/** By another name than the one written. */
	readonly renamed?: boolean;
}

/** A script may name a function by both its old and its new name, or the compiler's: it is to be probed once. */
export function withoutTwins(
	specs: readonly ResolvedSpec[],
): readonly ResolvedSpec[] {
	const named = specs.filter((spec) => !spec.renamed);
	const probed = new Set(named.flatMap((s) => s.matches.map((m) => m.probe)));
	return specs.filter(({ renamed, matches }) => {
		if (!renamed) return true;
		if (matches.some((m) => probed.has(m.probe))) return false;
		for (const { probe } of matches) probed.add(probe);
		return true;
	});
}

/** What came of `a ?? b`: the first that this machine has, and why those before it were passed over. */
export interface Choice {
	/** As written. */
	readonly probe: string;
	readonly passed: readonly { readonly probe: string; readonly why: string }[];
	readonly span: Span;
}

/** What of the environment attach points go by. */
type AttachEnvironment = Pick<
	CompileEnvironment,
	"probes" | "parameters" | "named" | "probeFilter"
>;

interface Request {
	readonly environment: AttachEnvironment;
	readonly settings: Pick<Settings, "missingProbes">;
	readonly diagnostics: Diagnostics;
}

/** The first alternative that this machine has; undefined, with a report, where it has none of them. */
export function resolveAlternatives(
	spec: ProbeSpec,
	environment: AttachEnvironment,
	settings: Pick<Settings, "missingProbes">,
	diagnostics: Diagnostics,
): ResolvedSpec | undefined {
	const request = { environment, settings, diagnostics };
	const absent: AttachPoint[] = [];
	for (const written of spec.alternatives) {
		const point = withParameters(written, environment);
		const found = resolvePoint(point, request);
		if (found === "wrong") return undefined;
		if (found.matches.length > 0) {
			const matches = wantedMatches(found.matches, environment);
			if (spec.alternatives.length === 1) return { ...found, matches };
			const passed = absent.map((a) => passedOver(a, environment));
			const choice = { probe: found.written, passed, span: written.span };
			return { ...found, matches, choice };
		}
		absent.push(point);
	}
	const last = absent.pop();
	const renamed = absent.length === 0 && last && byNewName(last, request);
	if (renamed) return renamed;
	if (last) reportMissing(last, absent, request);
	return undefined;
}

/** A function that only has another name in this kernel is taken by that, where it would be an error otherwise. */
function byNewName(
	point: AttachPoint,
	request: Request,
): ResolvedSpec | undefined {
	const { environment, settings, diagnostics } = request;
	const provider = providerNamed(point.provider.text);
	const [part] = point.parts;
	if (!provider || !part || settings.missingProbes !== "error")
		return undefined;
	const spec = specText(point, provider, environment);
	const now = provider.newName?.(spec, environment.probes);
	if (now === undefined) return undefined;
	const renamed = { ...point, parts: [{ ...part, text: now }] };
	const found = resolvePoint(renamed, request);
	if (found === "wrong" || found.matches.length === 0) return undefined;
	const before = `${provider.name}:${spec.parts[0]}`;
	const args = { before, now: `${provider.name}:${now}` };
	diagnostics.report("W0307", args, { span: part.span });
	const matches = wantedMatches(found.matches, environment);
	return { ...found, matches, renamed: true };
}

function passedOver(
	point: AttachPoint,
	environment: AttachEnvironment,
): Choice["passed"][number] {
	const missing = whyPointMissing(point, environment);
	const why = missing ? makeDiagnostic(missing.code, missing.args).text : "";
	return { probe: writtenAs(point), why };
}

/**
 * `$1 { … }`, `uprobe$1:…`: a parameter that makes the probe's type may hold a whole attach point. One that stands for
 * all that comes after the type may hold several parts: `uprobe:$1` with `libc:malloc`.
 */
function withParameters(
	point: AttachPoint,
	environment: AttachEnvironment,
): AttachPoint {
	const [only, ...more] = point.parts;
	const isRest = more.length === 0 && /^\$[\w-]+$/.test(only?.text ?? "");
	if (!isRest && !point.provider.text.includes("$")) return point;
	const text = fillIn(attachPointText(point), environment);
	const { span } = point;
	const built = buildAttachPoint(span.source, text, span.start);
	return {
		...built,
		provider: { ...built.provider, span },
		parts: built.parts.map((part) => ({ ...part, span })),
		span,
	};
}

/** `$1`, and `$name` for what getopt() declares; any other `$` may belong to a symbol's name. */
function fillIn(
	text: string,
	{ parameters, named }: AttachEnvironment,
): string {
	return text.replace(/\$(?:(\d+)|([A-Za-z][\w-]*))/g, (whole, n, name) => {
		if (n !== undefined) return parameters[Number(n) - 1] ?? "";
		const value = named.get(name) ?? named.get(`<${name}>`);
		return value === undefined ? whole : fromByteString(String(value));
	});
}

/** Of a script whose probes are all missing, or all left out. */
export function reportNoProbes(
	span: Span | undefined,
	{ probeFilter }: AttachEnvironment,
	diagnostics: Diagnostics,
): void {
	if (probeFilter)
		diagnostics.report("E0811", { filter: probeFilter.source }, { span });
	else diagnostics.report("E0327", {}, { span });
}

/** Kinds that `--probe-filter` leaves alone: they trace nothing. */
const unfiltered = ["begin", "end", "signal", "test", "bench"];

function wantedMatches(
	matches: readonly ProbeMatch[],
	{ probeFilter }: AttachEnvironment,
): readonly ProbeMatch[] {
	if (!probeFilter) return matches;
	return matches.filter(
		({ probe, target }) =>
			unfiltered.includes(target.kind) || probeFilter.test(probe),
	);
}

/** `wrong`: reported, so that nothing is to be tried instead. */
function resolvePoint(
	point: AttachPoint,
	{ environment, diagnostics }: Request,
): ResolvedSpec | "wrong" {
	const provider = providerNamed(point.provider.text);
	if (!provider) {
		const { text, span } = point.provider;
		reportUnknownProvider(text, span, diagnostics);
		return "wrong";
	}
	const text = specText(point, provider, environment);
	let reported = false;
	let renamed = false;
	const matches = resolveSpec(text, {
		environment: environment.probes,
		report(code, args, options) {
			reported = true;
			renamed ||= code === compilersName;
			diagnostics.report(code, args, { span: text.span, ...options });
		},
	});
	if (reported && matches.length === 0) return "wrong";
	return { provider, written: writtenAs(point), matches, renamed };
}

/** The warning that what the compiler made of a function was taken. */
const compilersName = "W0306";

function writtenAs(point: AttachPoint): string {
	return [point.provider.text, ...point.parts.map((p) => p.text)].join(":");
}

function specText(
	point: AttachPoint,
	provider: ProbeProvider,
	environment: AttachEnvironment,
): SpecText {
	return {
		provider: provider.name,
		written: point.provider.text,
		parts: point.parts.map((p) =>
			p.quoted ? p.text : fillIn(p.text, environment),
		),
		partSpans: point.parts.map((p) => p.span),
		span: point.span,
	};
}

/** `before`: what was tried first and is missing as well. */
function reportMissing(
	point: AttachPoint,
	before: readonly AttachPoint[],
	{ environment, settings, diagnostics }: Request,
): void {
	if (settings.missingProbes === "ignore") return;
	const why = whyPointMissing(point, environment);
	if (why === undefined) return;
	const notes = before.flatMap((tried) => {
		const reason = whyPointMissing(tried, environment);
		return reason
			? [
					{
						text: makeDiagnostic(reason.code, reason.args).text,
						span: tried.span,
					},
				]
			: [];
	});
	if (settings.missingProbes === "error") {
		const all = [...(why.options.notes ?? []), ...notes];
		const options = { span: point.span, ...why.options, notes: all };
		diagnostics.report(why.code, why.args, options);
		return;
	}
	const { text, help } = makeDiagnostic(why.code, why.args, why.options);
	diagnostics.report(
		"W0301",
		{ probe: writtenAs(point) },
		{ span: point.span, notes: [{ text }, ...notes], help },
	);
}

function whyPointMissing(
	point: AttachPoint,
	environment: AttachEnvironment,
): Missing | undefined {
	const provider = providerNamed(point.provider.text);
	return (
		provider &&
		whyMissing(specText(point, provider, environment), environment.probes)
	);
}
