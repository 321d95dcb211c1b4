// Shows a recording again: its frames in their order, each record handed to the builtin that made it.

import { setTimeout as sleep } from "node:timers/promises";
import { monotonicMs } from "../machine/clock.ts";
import type { Sink } from "../output/sink.ts";
import type { Dispatcher } from "../session/dispatch.ts";
import type { OpenHost } from "../session/host.ts";
import { Damage } from "./damage.ts";
import type { Frame } from "./frames.ts";
import type { PlayedWorld } from "./played-world.ts";
import type { Recording } from "./read.ts";

export type RecordedLosses = (Frame & { readonly frame: "losses" })["losses"];

export interface Show {
	readonly recording: Recording;
	readonly world: PlayedWorld;
	readonly host: OpenHost;
	readonly sink: Sink;
	readonly dispatch: Dispatcher;
	readonly onLosses: (losses: RecordedLosses) => void;
	/** Wait as long between two frames as was waited then. */
	readonly paced: boolean;
	/** Ends the show early. */
	readonly signal: AbortSignal;
}

/** The exit code of the run that was recorded. Throws Damage where the recording is damaged or ends early. */
export async function play(show: Show): Promise<number> {
	const began = monotonicMs();
	for (const frame of show.recording.frames) {
		if (show.paced && "at" in frame)
			await pause(frame.at - (monotonicMs() - began), show.signal);
		if (show.signal.aborted) return 0;
		if (frame.frame === "end") return frame.code;
		showFrame(frame, show);
		show.sink.flush();
	}
	throw new Damage("it was cut off: the end is missing");
}

/** No timer runs for longer. */
const longestPauseMs = 2 ** 31 - 1;

async function pause(ms: number, signal: AbortSignal): Promise<void> {
	if (ms < 1) return;
	const until = Math.min(ms, longestPauseMs);
	await sleep(until, undefined, { signal }).catch(() => {});
}

type Handlers = {
	readonly [Kind in Frame["frame"]]: (
		show: Show,
		frame: Frame & { readonly frame: Kind },
	) => void;
};

const handlers: Handlers = {
	attached: ({ sink }, { count }) => sink.attachedProbes(count),
	answer: ({ world }, frame) => world.learn(frame),
	map: ({ world }, frame) => world.learn(frame),
	events: ({ dispatch }, { records }) => showRecords(records, dispatch),
	print: ({ host }) => host.maps.printAll(),
	resume: ({ host }) => host.resume(),
	drained: ({ sink }) => sink.endOfEvents(),
	lost: ({ sink }, { count }) => sink.lostEvents(count),
	losses: ({ onLosses }, { losses }) => onLosses(losses),
	end: () => {},
};

function showFrame<Kind extends Frame["frame"]>(
	frame: Frame & { readonly frame: Kind },
	show: Show,
): void {
	handlers[frame.frame](show, frame);
}

function showRecords(base64: string, dispatch: Dispatcher): void {
	const bytes = new Uint8Array(Buffer.from(base64, "base64"));
	const view = new DataView(bytes.buffer);
	for (let at = 0; at < view.byteLength; ) {
		const length = view.getUint32(at, true);
		const start = at + 4;
		if (length < 8 || start + length > view.byteLength)
			throw new Damage("a record is longer than what there is");
		// A view of this record alone: what stands behind it is none of its business.
		dispatch(new DataView(bytes.buffer, start, length), 0);
		at = start + length;
	}
}
