// `kask replay FILE`: shows a recorded run again, without root and without its kernel.

import type { Sink } from "../../runtime/output/sink.ts";
import { textSink } from "../../runtime/output/text.ts";
import type { Writer } from "../../runtime/output/writer.ts";
import { Damage } from "../../runtime/recording/damage.ts";
import { playedWorld } from "../../runtime/recording/played-world.ts";
import {
	play,
	type RecordedLosses,
	type Show,
} from "../../runtime/recording/player.ts";
import { type Recording, readRecording } from "../../runtime/recording/read.ts";
import { eventDispatcher } from "../../runtime/session/dispatch.ts";
import { openHost } from "../../runtime/session/host.ts";
import { Lifetime } from "../../runtime/session/lifetime.ts";
import type { Loss } from "../../runtime/session/losses.ts";
import { watchSignals } from "../../runtime/session/signals.ts";
import { fromByteString } from "../base/byte-text.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import { Source } from "../base/source.ts";
import { builtinNamed } from "../builtins/index.ts";
import { reportLosses } from "./execute-report.ts";
import { nowhere, openSink } from "./open-sink.ts";
import type { Options } from "./options.ts";
import { addFailure, reportAll } from "./report.ts";

export async function replayCommand(
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	const [, path] = options.operands;
	if (path === undefined) {
		diagnostics.report("E0822", { command: "replay", what: "a recording" });
		return reportAll(diagnostics, options);
	}
	const recording = readRecording(path);
	if (!recording.ok) {
		addFailure(diagnostics, recording.failure);
		return reportAll(diagnostics, options);
	}
	const lifetime = new Lifetime();
	const stop = new AbortController();
	lifetime.run();
	lifetime.onEnd(() => stop.abort());
	const signals = watchSignals(lifetime, () => {});
	const show = openShow(
		recording.value,
		options,
		openSink(options, lifetime),
		stop.signal,
	);
	const code = await playOrReport(show, path, diagnostics);
	show.sink.finish();
	signals.stop();
	lifetime.finish();
	return reportAll(diagnostics, options) || lifetime.exitCode || code;
}

/** What the run printed, as people see it; what can't be replayed is left out. */
export async function replayedText(
	path: string,
	options: Options,
): Promise<string> {
	const recording = readRecording(path);
	if (!recording.ok) return "";
	let bytes = "";
	const out: Writer = {
		write(more) {
			bytes += more;
		},
		flush() {},
		finish() {},
		choked: false,
		waitedMs: 0,
	};
	const sink = textSink({ out, errors: nowhere, quiet: true, warnings: true });
	const { signal } = new AbortController();
	const atOnce = { ...options, atOnce: true };
	const show = openShow(recording.value, atOnce, sink, signal);
	await playOrReport(show, path, new Diagnostics());
	sink.finish();
	return fromByteString(bytes);
}

/** Whatever a damaged file makes the renderers do, it is the file that is at fault. */
async function playOrReport(
	show: Show,
	path: string,
	diagnostics: Diagnostics,
): Promise<number> {
	try {
		return await play(show);
	} catch (error) {
		const why =
			error instanceof Damage
				? error.message
				: "something in it does not fit its plan";
		diagnostics.report("E0823", { path, why });
		return 1;
	}
}

function openShow(
	recording: Recording,
	options: Options,
	sink: Sink,
	signal: AbortSignal,
): Show {
	const { plan, head } = recording;
	const world = playedWorld(plan.maps);
	const host = openHost({
		plan,
		sink,
		world,
		builtin: builtinNamed,
		probeNames: head.probes.map((name) => name ?? ""),
		exit: () => {},
	});
	const source = new Source(head.script.name, head.script.text);
	return {
		recording,
		world,
		host,
		sink,
		dispatch: eventDispatcher(plan, host, builtinNamed),
		onLosses: (losses) =>
			reportLosses(losses.map(readLoss), { options, source }, sink),
		paced: !options.atOnce,
		signal,
	};
}

function readLoss(loss: RecordedLosses[number]): Loss {
	const { reason, count, map, place, helper, code } = loss;
	return {
		reason,
		count: BigInt(count),
		...(map === undefined ? {} : { map }),
		...(place ? { place } : {}),
		...(helper === undefined ? {} : { helper }),
		...(code === undefined ? {} : { code }),
	};
}
