// From written probes to programs: resolves each attach point to the places this machine has, and groups places that
// one program can serve.
import type {
	AttachPoint,
	Macro,
	Probe,
	ProbeSpec,
} from "../../grammar/ast.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { nearestName } from "../base/suggest.ts";
import type { ProbeFacts } from "../builtins/definition.ts";
import type { AttachRequest, Settings } from "../plan.ts";
import type {
	ProbeMatch,
	ProbeProvider,
	SpecText,
} from "../probes/definition.ts";
import { allProviders, providerNamed } from "../probes/index.ts";
import type { StructBody } from "../types/types.ts";
import { pointerTo } from "../types/types.ts";
import type { CompileEnvironment } from "./environment.ts";
import { type Mentions, mentionsOf } from "./mentions.ts";

/** A program to be: its probe's syntax, the facts its body is checked under, and where it goes. */
export interface ProgramSeed {
	readonly symbol: string;
	readonly section: string;
	readonly probe: Probe;
	/** As written. */
	readonly written: string;
	readonly facts: ProbeFacts;
	readonly onlyPid: number | undefined;
	readonly attach: readonly Omit<AttachRequest, "program" | "place">[];
}

export interface ProbeExpansion {
	readonly seeds: readonly ProgramSeed[];
	/** Members of `args` structs by origin. */
	readonly bodies: ReadonlyMap<string, StructBody>;
}

interface Expander {
	readonly environment: CompileEnvironment;
	readonly settings: Settings;
	readonly diagnostics: Diagnostics;
	readonly bodies: Map<string, StructBody>;
	readonly seeds: ProgramSeed[];
	nextCookie: number;
}

export function expandProbes(
	probes: readonly Probe[],
	macros: ReadonlyMap<string, readonly Macro[]>,
	environment: CompileEnvironment,
	settings: Settings,
	diagnostics: Diagnostics,
): ProbeExpansion {
	const expander: Expander = {
		environment,
		settings,
		diagnostics,
		bodies: new Map(),
		seeds: [],
		nextCookie: 0,
	};
	for (const probe of probes)
		expandProbe(expander, probe, mentionsOf(probe, macros));
	const count = expander.seeds.reduce(
		(sum, seed) => sum + seed.attach.length,
		0,
	);
	if (count > settings.maxProbes)
		diagnostics.report(
			"E0302",
			{ count, most: settings.maxProbes },
			{ span: probes[0]?.span },
		);
	return { seeds: expander.seeds, bodies: expander.bodies };
}

function expandProbe(
	expander: Expander,
	probe: Probe,
	mentions: Mentions,
): void {
	const groups = new Map<
		string,
		{ provider: ProbeProvider; written: string; matches: ProbeMatch[] }
	>();
	for (const spec of probe.specs) {
		const resolved = resolveSpec(expander, spec);
		if (!resolved) continue;
		for (const found of resolved.matches) {
			const match = mentions.args ? found : { ...found, ...found.withoutArgs };
			const own =
				mentions.args || match.target.kind === "iter" ? match.probe : "";
			const key = [
				resolved.provider.name,
				match.programType,
				match.section,
				own,
			].join("|");
			const group = groups.get(key) ?? {
				provider: resolved.provider,
				written: resolved.written,
				matches: [],
			};
			group.matches.push(match);
			groups.set(key, group);
		}
	}
	for (const { provider, written, matches } of groups.values())
		addSeed(expander, probe, provider, written, matches, mentions);
}

interface Resolved {
	readonly provider: ProbeProvider;
	readonly written: string;
	readonly matches: readonly ProbeMatch[];
}

/** The first alternative that this machine has. What is missing is reported as `missing_probes` says. */
function resolveSpec(
	expander: Expander,
	spec: ProbeSpec,
): Resolved | undefined {
	let last:
		| { point: AttachPoint; provider: ProbeProvider; text: SpecText }
		| undefined;
	for (const [i, point] of spec.alternatives.entries()) {
		const provider = providerNamed(point.provider.text);
		if (!provider) {
			reportProvider(expander, point);
			continue;
		}
		const text = specText(expander, point, provider);
		const passedOver =
			spec.alternatives.length > 1 && i < spec.alternatives.length - 1;
		const matches = provider.resolve(text, {
			environment: expander.environment.probes,
			report: (code, args, options) => {
				if (!passedOver)
					expander.diagnostics.report(code, args, {
						span: text.span,
						...options,
					});
			},
		});
		if (matches.length > 0)
			return { provider, written: written(point), matches };
		last = { point, provider, text };
	}
	if (last && !expander.diagnostics.hasErrors)
		reportMissing(expander, last.provider, last.text, written(last.point));
	return undefined;
}

function written(point: AttachPoint): string {
	return [point.provider.text, ...point.parts.map((p) => p.text)].join(":");
}

function specText(
	expander: Expander,
	point: AttachPoint,
	provider: ProbeProvider,
): SpecText {
	const fill = (text: string) =>
		text.replace(
			/\$(\d+)/g,
			(_, n: string) => expander.environment.parameters[Number(n) - 1] ?? "",
		);
	return {
		provider: provider.name,
		written: point.provider.text,
		parts: point.parts.map((p) => (p.quoted ? p.text : fill(p.text))),
		partSpans: point.parts.map((p) => p.span),
		span: point.span,
	};
}

function reportProvider(expander: Expander, point: AttachPoint): void {
	const names = allProviders.flatMap((p) => [p.name, ...p.aliases]);
	const near = nearestName(point.provider.text, names);
	expander.diagnostics.report(
		"E0301",
		{ name: point.provider.text },
		{
			span: point.provider.span,
			help: near
				? `did you mean ${near}?`
				: `known: ${allProviders.map((p) => p.name).join(", ")}`,
		},
	);
}

function reportMissing(
	expander: Expander,
	provider: ProbeProvider,
	text: SpecText,
	name: string,
): void {
	const mode = expander.settings.missingProbes;
	if (mode === "ignore") return;
	const help = provider.nearest?.(text, expander.environment.probes);
	expander.diagnostics.report(
		mode === "warn" ? "W0301" : "E0303",
		{ probe: name },
		{ span: text.span, ...(help ? { help } : {}) },
	);
}

function addSeed(
	expander: Expander,
	probe: Probe,
	provider: ProbeProvider,
	name: string,
	matches: readonly ProbeMatch[],
	mentions: Mentions,
): void {
	const [first] = matches;
	if (!first) return;
	const body = mentions.args ? first.args?.() : undefined;
	if (body) expander.bodies.set(body.type.origin, body);
	const facts: ProbeFacts = {
		provider: provider.name,
		programType: first.programType,
		names: matches.map((m) => m.probe),
		args: body && pointerTo(body.type, "none"),
		retval: mentions.args ? first.retval?.() : undefined,
		func: matches.length === 1 ? first.func : undefined,
		hasRegisters: first.hasRegisters,
	};
	const pid = expander.environment.probes.pid;
	expander.seeds.push({
		symbol: symbolFor(expander.seeds.length, first.probe),
		section: first.section,
		probe,
		written: name,
		facts,
		onlyPid: pid >= 0 && filtersByPid.has(provider.name) ? pid : undefined,
		attach: matches.map((m) => ({
			target: m.target,
			probe: m.probe,
			...(mentions.name && matches.length > 1
				? { cookie: expander.nextCookie++ }
				: {}),
		})),
	});
}

/** Providers that fire for all processes, so that `-p` needs a check in the program. */
const filtersByPid = new Set([
	"tracepoint",
	"rawtracepoint",
	"kprobe",
	"kretprobe",
	"fentry",
	"fexit",
	"software",
	"hardware",
	"profile",
]);

/** C identifiers of programs read like the probe: `p0_kprobe_vfs_read`. */
function symbolFor(index: number, probe: string): string {
	return `p${index}_${probe.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, 48)}`;
}
