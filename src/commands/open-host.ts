// The host of a run on this machine, recorded where that is wanted.

import type { Libc } from "../../runtime/ffi/libc.ts";
import { bootMoments } from "../../runtime/machine/clock.ts";
import { kernelMaps } from "../../runtime/maps/access.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import { type OpenHost, openHost } from "../../runtime/session/host.ts";
import { thisWorld } from "../../runtime/session/world.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { Symbols } from "../builtins/host.ts";
import { builtinNamed } from "../builtins/index.ts";
import type { Plan } from "../plan.ts";
import type { Tape } from "./open-recorder.ts";
import type { Options } from "./options.ts";
import { addFailure, reportAll } from "./report.ts";

export interface RunHostRequest {
	readonly plan: Plan;
	readonly options: Options;
	readonly libc: Libc;
	/** File descriptors of the loaded maps, by symbol. */
	readonly maps: ReadonlyMap<string, number>;
	readonly symbols: Symbols;
	readonly sink: Sink;
	readonly tape: Tape | undefined;
	readonly probeNames: readonly string[];
	readonly exit: (code: number) => void;
}

export function openRunHost(request: RunHostRequest): OpenHost {
	const { plan, libc, sink, tape, probeNames, exit } = request;
	const world = thisWorld({
		maps: kernelMaps(libc, request.maps, (failure) => {
			const diagnostics = new Diagnostics();
			addFailure(diagnostics, failure);
			reportAll(diagnostics, request.options);
		}),
		symbols: request.symbols,
		bootMoment: bootMoments(libc),
	});
	return openHost({
		plan,
		sink,
		world: tape?.world(world) ?? world,
		builtin: builtinNamed,
		probeNames,
		exit,
	});
}

/** What `probe` and `func` print, where programs know only a number. */
export function namesByCookie(plan: Plan): readonly string[] {
	const names: string[] = [];
	for (const { cookie, probe } of plan.attach)
		if (cookie !== undefined) names[cookie] = probe;
	return names;
}
