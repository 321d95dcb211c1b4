// The checker's entry: resolves probes, then types the whole script in passes until nothing changes any more.
import type {
	FunctionDefinition,
	Macro,
	MacroParameter,
	Probe,
	Script,
} from "../../grammar/ast.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { StructBody } from "../types/types.ts";
import { reportNoProbes } from "./attach-points.ts";
import {
	type Configuration,
	configurationValues,
	readConfiguration,
	toSettings,
} from "./config.ts";
import {
	type MapEntry,
	newProgram,
	outermost,
	type ProgramState,
	type ScriptState,
	unresolved,
} from "./context.ts";
import { checkDead, fillIn, unwantedProbes } from "./dead-code.ts";
import { withDebugTypes } from "./debug-types.ts";
import type { CompileEnvironment } from "./environment.ts";
import { checkValue } from "./expressions.ts";
import { checkFunctions } from "./function-bodies.ts";
import type { TypedProgram, TypedScript } from "./ir.ts";
import { declaredMaps, reportUnusedMaps } from "./map-declarations.ts";
import { entryAsTyped } from "./maps.ts";
import { checkCondition } from "./operators.ts";
import { reportLimits } from "./probe-limits.ts";
import { expandProbes, type ProgramSeed, unknownFacts } from "./probes.ts";
import { checkBlock } from "./statements.ts";
import { settled } from "./type-join.ts";
import { typeUnassigned } from "./unassigned-maps.ts";
import { reportUnstable } from "./unstable.ts";
import { mostPasses, reportEndless } from "./widening.ts";

export interface CheckedScript {
	readonly script: TypedScript;
	/** The environment's types and the `args` structs of the script's probes. */
	readonly types: TypeSource;
}

/** Checks a parsed script. undefined when there were errors; all of them are in `diagnostics`. */
export function checkScript(
	script: Script,
	environment: CompileEnvironment,
	diagnostics: Diagnostics,
): CheckedScript | undefined {
	const configuration = readConfiguration(script, environment, diagnostics);
	const settings = toSettings(configuration, environment.memoryBytes);
	reportUnstable(script, configuration, diagnostics);
	const macros = collectMacros(script, diagnostics);
	const probes = script.items.filter(
		(item): item is Probe => item.kind === "probe",
	);
	if (probes.length === 0 && !diagnostics.hasErrors)
		diagnostics.report("E0108", {}, { span: script.span });
	const preview = newState(environment, configuration, macros, new Map());
	const { seeds, bodies, choices } = expandProbes(
		probes,
		unwantedProbes(probes, outermost(preview, previewProgram())),
		macros,
		environment,
		settings,
		diagnostics,
	);
	reportLimits(probes, seeds, { environment, configuration }, diagnostics);
	if (seeds.length > 0 && seeds.every((seed) => seed.absent))
		reportNoProbes(seeds[0]?.probe.span, environment, diagnostics);
	const types = withBodies(withDebugTypes(environment, seeds), bodies);
	const most = Number(configuration.get("max_map_keys"));
	const maps = declaredMaps(script, most, diagnostics);
	const state = newState(
		{ ...environment, types },
		configuration,
		macros,
		maps,
	);
	const result = runPasses(state, seeds, script);
	collectReports(state, diagnostics);
	if (diagnostics.hasErrors) return undefined;
	return {
		script: {
			...result,
			programs: wantedPrograms(result.programs),
			maps: [...maps.values()]
				.filter((m) => m.value !== unresolved)
				.map(entryAsTyped),
			settings,
			ringAsked: Number(configuration.get("perf_rb_pages")) > 0,
			machine: environment.probes.machine,
			helperErrors: environment.helperErrors ?? false,
			maxStrlen: Number(configuration.get("max_strlen")),
			clockMap:
				configuration.get("dummy_ts_map")?.replace(/^@/, "") || undefined,
			onStackLimit: Number(configuration.get("on_stack_limit")),
			needs: needsOf(seeds, state),
			choices,
			libraries: environment.libraries ?? [],
		},
		types,
	};
}

/** A probe whose predicate came out false for the kind it is of need not be attached; that of a script's only probe stays. */
function wantedPrograms(
	programs: readonly TypedProgram[],
): readonly TypedProgram[] {
	const wanted = programs.filter(
		({ predicate }) => predicate?.constant !== false,
	);
	return wanted.length > 0 ? wanted : programs;
}

/** What the last pass found; consequences of mistakes only where there are no mistakes. */
function collectReports(state: ScriptState, diagnostics: Diagnostics): void {
	reportUnusedMaps(state.maps, diagnostics);
	for (const d of state.diagnostics.all) diagnostics.add(d);
	if (diagnostics.hasErrors) return;
	for (const d of state.consequences.all) diagnostics.add(d);
}

/** Feature rows of the probes and builtins in use. */
function needsOf(
	seeds: readonly ProgramSeed[],
	state: ScriptState,
): readonly string[] {
	const ofProbes = seeds.flatMap((seed) => seed.needs ?? []);
	return [...new Set([...ofProbes, ...state.needs])].sort();
}

function newState(
	environment: CompileEnvironment,
	configuration: Configuration,
	macros: ReadonlyMap<string, readonly Macro[]>,
	maps: Map<string, MapEntry>,
): ScriptState {
	return {
		environment,
		settings: {
			maxStrlen: Number(configuration.get("max_strlen")),
			maxMapKeys: Number(configuration.get("max_map_keys")),
			stackMode: configuration.get("stack_mode") ?? "bpftrace",
			unsafe: environment.unsafe,
			startsProcess: environment.startsProcess ?? false,
			hasTargets: environment.hasTargets ?? false,
			configuration: configurationValues(configuration),
			options: environment.named,
		},
		configuration,
		maps,
		macros,
		functions: new Map(),
		calls: new Map(),
		needs: new Set(),
		diagnostics: new Diagnostics(),
		consequences: new Diagnostics(),
		changed: false,
		guessing: false,
		hasDead: false,
		filling: false,
		final: false,
	};
}

/** Predicates are looked at before anything is known of their probes. */
function previewProgram(): ProgramState {
	return newProgram(unknownFacts);
}

function runPasses(
	state: ScriptState,
	seeds: readonly ProgramSeed[],
	script: Script,
): Pick<TypedScript, "programs" | "functions"> {
	const states = seeds.map((seed) => newProgram(seed.facts));
	const functions = script.items.filter(
		(i): i is FunctionDefinition => i.kind === "function",
	);
	for (let pass = 0; pass < mostPasses; pass++) {
		state.changed = false;
		state.diagnostics = new Diagnostics();
		state.consequences = new Diagnostics();
		const checkedFunctions = checkFunctions(state, functions);
		const checked = seeds.flatMap((seed, i) => {
			const program = states[i] as ProgramState;
			if (!seed.absent) return [checkProgram(state, seed, program)];
			checkDead(state, () => checkProgram(state, seed, program));
			return [];
		});
		if (state.final && !state.changed)
			return { programs: checked, functions: checkedFunctions };
		if (!state.changed && state.hasDead) {
			const first = !state.filling && hasUnknown(state, states);
			if (first) state.filling = true;
			else fillIn(state);
			if (first) continue;
		}
		if (!state.changed && typeUnassigned(state, script)) continue;
		// What is still unknown when nothing changes, and cannot be guessed, will stay so: one more pass says it.
		state.guessing =
			!state.changed && !state.guessing && hasUnknown(state, states);
		state.final = !state.changed && !state.guessing;
	}
	reportEndless(state);
	return { programs: [], functions: [] };
}

/** `@sum = @sum + args.bytes`: the map's type hangs on itself. */
function hasUnknown(
	state: ScriptState,
	programs: readonly ProgramState[],
): boolean {
	return (
		[...state.maps.values()].some((m) => m.value === unresolved) ||
		programs.some((p) =>
			[...p.slots.values()].some((slot) => slot.type === unresolved),
		)
	);
}

function checkProgram(
	state: ScriptState,
	seed: ProgramSeed,
	program: ProgramState,
): TypedProgram {
	const cx = outermost(state, program);
	const probe = seed.probe;
	const condition =
		probe.predicate && checkCondition(cx, checkValue(cx, probe.predicate));
	const body = checkBlock(cx, probe.body);
	for (const slot of program.slots.values())
		slot.type = state.final ? settled(slot.type) : slot.type;
	return {
		symbol: seed.symbol,
		section: seed.section,
		probe: seed.written,
		facts: seed.facts,
		span: probe.span,
		onlyPid: seed.onlyPid,
		predicate: condition,
		body,
		variables: [...program.slots.values()].filter((s) => s.type !== unresolved),
		attach: seed.attach,
	};
}

function collectMacros(
	script: Script,
	diagnostics: Diagnostics,
): Map<string, Macro[]> {
	const macros = new Map<string, Macro[]>();
	for (const item of script.items) {
		if (item.kind !== "macro") continue;
		const list = macros.get(item.name.text) ?? [];
		const shape = (m: Macro) => m.parameters.map((p) => p.kind).join();
		const twin = list.find((m) => shape(m) === shape(item));
		if (twin) {
			diagnostics.report(
				"E0241",
				{ what: `macro ${item.name.text}` },
				{
					span: item.name.span,
					notes: [{ text: "first defined", span: twin.name.span }],
				},
			);
		}
		reportTwins(item, diagnostics);
		macros.set(item.name.text, [...list, item]);
	}
	return macros;
}

function reportTwins(macro: Macro, diagnostics: Diagnostics): void {
	for (const [i, parameter] of macro.parameters.entries()) {
		const same = (p: MacroParameter) =>
			p.kind === parameter.kind && p.name === parameter.name;
		if (macro.parameters.findIndex(same) === i) continue;
		const what = `parameter ${parameter.name}`;
		diagnostics.report("E0120", { what }, { span: parameter.span });
	}
}

/** The `args` structs answer for themselves; all else is asked of the environment's types. */
function withBodies(
	types: TypeSource,
	bodies: ReadonlyMap<string, StructBody>,
): TypeSource {
	return {
		...types,
		members: (type) => bodies.get(type.origin)?.members ?? types.members(type),
	};
}
