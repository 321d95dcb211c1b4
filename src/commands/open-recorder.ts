// `--record FILE`: opens the recording of a run.
import { release } from "node:os";
import type { Sink } from "../../runtime/output/sink.ts";
import { recordedSink } from "../../runtime/recording/recorded-sink.ts";
import { recordedWorld } from "../../runtime/recording/recorded-world.ts";
import { Recorder } from "../../runtime/recording/recorder.ts";
import type { World } from "../../runtime/session/world.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { ExecuteRequest } from "./execute.ts";
import { namesByCookie } from "./open-host.ts";
import { otherSink } from "./open-sink.ts";
import { reportAll } from "./report.ts";

/** A recorder, and what has to be put around a run's sink and its world. */
export interface Tape {
	readonly recorder: Recorder;
	sink(shown: Sink): Sink;
	world(real: World): World;
}

/** undefined after an error, which has been reported. */
export function openTape(
	{ options, plan, source }: ExecuteRequest,
	path: string,
): Tape | undefined {
	const complain = (why: string) => {
		const diagnostics = new Diagnostics();
		diagnostics.report("E0824", { path, why });
		reportAll(diagnostics, options);
	};
	try {
		const recorder = new Recorder({
			path,
			plan,
			probeNames: namesByCookie(plan),
			script: { name: source.name, text: source.text },
			kernel: release(),
			onFailed: complain,
		});
		return {
			recorder,
			sink: (shown) => recordedSink(shown, otherSink(options), recorder),
			world: (real) => recordedWorld(real, recorder),
		};
	} catch (error) {
		complain(error instanceof Error ? error.message : String(error));
		return undefined;
	}
}
