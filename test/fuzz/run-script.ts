// A script compiled, loaded and, if asked, its begin probe run, all inside the test's process.
import { openObject } from "../../runtime/bpf/load.ts";
import { type MapContents, readMap } from "../../runtime/maps/read.ts";
import { Session } from "../../runtime/session/session.ts";
import { Diagnostics, formatDiagnostic } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { compileToC, compileToObject } from "../../src/commands/compile.ts";
import { openMachine } from "../../src/commands/machine.ts";
import { defaultOptions } from "../../src/commands/options.ts";
import type { Plan } from "../../src/plan.ts";
import { fdOf, kernel, must } from "../kernel/support/kernel.ts";

const machine = openMachine(defaultOptions(), new Diagnostics());

/** What a script is made into. Throws with everything that was said where it is refused. */
export function compile(
	script: string,
	name = "fuzz.bt",
	parameters: readonly string[] = [],
): { readonly plan: Plan; readonly object: Uint8Array } {
	const diagnostics = new Diagnostics();
	const emitted = compileToC({
		source: new Source(name, script),
		parameters,
		options: defaultOptions(),
		probes: machine.probes,
		diagnostics,
	});
	const compiled = emitted && compileToObject(emitted, diagnostics);
	if (compiled && !diagnostics.hasErrors) return compiled;
	const wrong = diagnostics.all.filter((d) => d.severity === "error");
	throw new Error(wrong.map((d) => formatDiagnostic(d)).join("\n"));
}

/** Loads all programs of a script; throws with the verifier's log where it rejects one. */
export function load(script: string): void {
	const loaded = openObject(kernel, compile(script).object);
	if (loaded.ok) loaded.value.close();
	else throw new Error(loaded.failure.log ?? JSON.stringify(loaded.failure));
}

/** Runs the begin probe, and gives what it left in the maps, by name. */
export function runBegin(
	script: string,
	name?: string,
	parameters?: readonly string[],
): ReadonlyMap<string, MapContents> {
	const { plan, object } = compile(script, name, parameters);
	const features = machine.features();
	if (!features) throw new Error("the kernel could not be opened");
	const session = must(
		Session.open({
			kernel,
			features,
			tracefs: machine.tracefs(),
			plan,
			object,
			resolveFunction: () => [],
		}),
	);
	try {
		must(session.runAll("begin"));
		return new Map(
			plan.maps.flatMap((map) => {
				if (!map.script) return [];
				const fd = fdOf(session.object.maps, map.symbol);
				const contents = must(readMap(kernel.libc, fd, map));
				return [[map.script.name, contents] as const];
			}),
		);
	} finally {
		session.close();
	}
}
