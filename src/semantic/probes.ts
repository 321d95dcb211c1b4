// From written probes to programs: resolves each attach point to the places this machine has, and groups places that
// one program can serve.
import type { Macro, Probe, ProbeSpec } from "../../grammar/ast.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { ProbeFacts } from "../builtins/definition.ts";
import type { AttachRequest, Settings } from "../plan.ts";
import type { ProbeMatch, ProbeProvider } from "../probes/definition.ts";
import { hasWildcard } from "../probes/glob.ts";
import { providerNamed } from "../probes/index.ts";
import { pointerTo, type StructBody } from "../types/types.ts";
import {
	type Choice,
	type ResolvedSpec,
	resolveAlternatives,
	withoutTwins,
} from "./attach-points.ts";
import { type Chosen, chooseCheaper } from "./cheaper.ts";
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
	/** Feature row of its provider. */
	readonly needs: string | undefined;
	readonly attach: readonly Omit<AttachRequest, "program" | "place">[];
	/** This machine does not have the probe, and the script says that it need not: nothing is made of it. */
	readonly absent?: boolean;
}

export interface ProbeExpansion {
	readonly seeds: readonly ProgramSeed[];
	/** Members of `args` structs by origin. */
	readonly bodies: ReadonlyMap<string, StructBody>;
	readonly choices: readonly Choice[];
}

interface Expander {
	readonly environment: CompileEnvironment;
	readonly settings: Settings;
	readonly diagnostics: Diagnostics;
	readonly bodies: Map<string, StructBody>;
	readonly seeds: ProgramSeed[];
	/** Names of probes are told by number. */
	readonly numbered: boolean;
	readonly cheaper: ReadonlyMap<ProbeMatch, Chosen>;
	nextCookie: number;
}

/** A probe with what its specs came to. */
interface Resolved {
	readonly probe: Probe;
	readonly mentions: Mentions;
	readonly specs: readonly ResolvedSpec[];
	/** Nothing was reported but that it may be absent. */
	readonly sound: boolean;
}

/**
 * A wildcard whose body asks for the probe's name becomes a program for each name, which is then plain text; from so
 * many on, programs are shared and told the name's number when they are attached.
 */
const MOST_NAMED_PROGRAMS = 50;

/** `unwanted` are never to run, so that it does not matter whether this machine has them. */
export function expandProbes(
	probes: readonly Probe[],
	unwanted: ReadonlySet<Probe>,
	macros: ReadonlyMap<string, readonly Macro[]>,
	environment: CompileEnvironment,
	settings: Settings,
	diagnostics: Diagnostics,
): ProbeExpansion {
	const resolved = probes.map((probe) =>
		resolveProbe(
			probe,
			unwanted.has(probe) ? [] : probe.specs,
			macros,
			environment,
			settings,
			diagnostics,
		),
	);
	const numbered = resolved.some(
		({ mentions, specs }) =>
			mentions.name && countMatches(specs) > MOST_NAMED_PROGRAMS,
	);
	const places = resolved.map(({ mentions, specs }) => ({
		mentions,
		matches: specs.flatMap(({ matches }) => matches),
		alone: mentions.name && !numbered,
	}));
	const expander: Expander = {
		environment,
		settings,
		diagnostics,
		bodies: new Map(),
		seeds: [],
		numbered,
		cheaper: chooseCheaper(places),
		nextCookie: 0,
	};
	for (const probe of resolved) expandProbe(expander, probe);
	const choices = resolved.flatMap(({ specs }) =>
		specs.flatMap(({ choice }) => choice ?? []),
	);
	return { seeds: expander.seeds, bodies: expander.bodies, choices };
}

function resolveProbe(
	probe: Probe,
	wanted: readonly ProbeSpec[],
	macros: ReadonlyMap<string, readonly Macro[]>,
	environment: CompileEnvironment,
	settings: Settings,
	diagnostics: Diagnostics,
): Resolved {
	const before = diagnostics.all.length;
	const found = wanted.flatMap(
		(spec) =>
			resolveAlternatives(spec, environment, settings, diagnostics) ?? [],
	);
	const specs = withoutTwins(found);
	const told = diagnostics.all.slice(before);
	const sound = !told.some((d) => d.severity === "error");
	return { probe, mentions: mentionsOf(probe, macros), specs, sound };
}

function countMatches(specs: readonly ResolvedSpec[]): number {
	return specs.reduce((sum, { matches }) => sum + matches.length, 0);
}

interface Group {
	readonly provider: ProbeProvider;
	readonly written: string;
	readonly matches: Chosen[];
}

function expandProbe(expander: Expander, resolved: Resolved): void {
	const { probe, mentions, specs, sound } = resolved;
	const groups = new Map<string, Group>();
	for (const { provider, written, matches } of specs) {
		for (const found of matches) {
			const match: Chosen = expander.cheaper.get(found) ?? found;
			const alone = isAlone(expander, mentions, match);
			const key = [
				provider.name,
				match.programType,
				match.section,
				alone ? match.probe : "",
				match.variant,
				match.shape,
			].join("|");
			const group = groups.get(key) ?? { provider, written, matches: [] };
			group.matches.push(match);
			groups.set(key, group);
		}
	}
	for (const group of groups.values())
		addSeed(expander, probe, group, mentions);
	if (groups.size === 0) expander.seeds.push(bodyOnly(probe, sound));
}

/** Whether a place needs a program of its own. */
function isAlone(
	{ numbered }: Expander,
	mentions: Mentions,
	match: Chosen,
): boolean {
	return (
		(mentions.args && match.shape === undefined) ||
		(mentions.name && !numbered) ||
		match.target.kind === "iter"
	);
}

/**
 * The body of a probe that could not be resolved is checked all the same: so that its mistakes are told too, or, where
 * the probe may be absent, so that the maps it sets have their types for the other probes that read them.
 */
function bodyOnly(probe: Probe, absent: boolean): ProgramSeed {
	return {
		symbol: "",
		section: "",
		probe,
		written: "",
		facts: absent ? absentFacts(probe) : unknownFacts,
		onlyPid: undefined,
		needs: undefined,
		attach: [],
		absent,
	};
}

/** What is known of a probe that this machine lacks: its kind. Nobody is told what does not fit. */
function absentFacts({ specs }: Probe): ProbeFacts {
	const word = specs[0]?.alternatives[0]?.provider.text ?? "";
	const provider = providerNamed(word)?.name ?? unknownProvider;
	return { ...unknownFacts, provider, hasRegisters: true };
}

/** Stands for the provider of a probe that was reported: nothing is known of it, and nothing more is said about it. */
export const unknownProvider = "";

export const unknownFacts: ProbeFacts = {
	provider: unknownProvider,
	programType: "raw_tp",
	names: [],
	args: undefined,
	retval: undefined,
	func: undefined,
	hasRegisters: false,
};

function addSeed(
	expander: Expander,
	probe: Probe,
	{ provider, written, matches }: Group,
	mentions: Mentions,
): void {
	const [first] = matches;
	if (!first) return;
	const body = mentions.args ? first.args?.() : undefined;
	if (body) expander.bodies.set(body.type.origin, body);
	const numbered = expander.numbered && mentions.name;
	const number = expander.nextCookie;
	if (numbered) expander.nextCookie += matches.length;
	const facts: ProbeFacts = {
		provider: provider.name,
		programType: first.programType,
		names: matches.map((m) => m.probe),
		shared: probe.specs.length > 1 || hasWildcard(written),
		nameNumber: numbered ? number : undefined,
		args: body && pointerTo(body.type, "none"),
		retval: mentions.args ? first.retval?.() : undefined,
		retvalOffset: mentions.args ? first.retvalOffset : undefined,
		usdtArguments: first.usdtArguments,
		binary: binaryOf(matches),
		func: matches.length === 1 ? first.func : undefined,
		hasRegisters: first.hasRegisters,
		call: callOf(matches),
	};
	const pid = expander.environment.probes.pid;
	expander.seeds.push({
		symbol: symbolFor(expander.seeds.length, first.probe),
		section: first.section,
		probe,
		needs: provider.needs,
		written,
		facts,
		onlyPid: pid >= 0 && filtersByPid.has(provider.name) ? pid : undefined,
		attach: matches.map((m, i) => ({
			target: m.target,
			probe: m.probe,
			...(numbered ? { cookie: number + i } : {}),
			...(hasWildcard(written) ? { wildcard: written } : {}),
		})),
	});
}

/** All of a group are of one kind. */
function callOf(matches: readonly Chosen[]): ProbeFacts["call"] {
	const when = matches[0]?.call?.when;
	const numbers = matches.flatMap(({ call }) => call?.number ?? []);
	return when && { when, numbers: numbers.length > 0 ? numbers : undefined };
}

function binaryOf(matches: readonly ProbeMatch[]): ProbeFacts["binary"] {
	const target = matches.length === 1 ? matches[0]?.target : undefined;
	return target?.kind === "uprobe"
		? { path: target.path, offset: target.offset }
		: undefined;
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

/**
 * C identifiers of programs read like the probe, with its number in the script: `kprobe_vfs_read_1`. bpftrace names them
 * the same way; `fentry:bpf:` takes them by these names.
 */
function symbolFor(index: number, probe: string): string {
	return `${probe.replace(/[^A-Za-z0-9_]+/g, "_").slice(0, 48)}_${index + 1}`;
}
