// Signals to kask itself: the first SIGINT or SIGTERM ends the run in order, the next one ends kask at once.
import type { Lifetime } from "./lifetime.ts";

/** What is used of Node's `process`. */
export interface SignalSource {
	on(signal: NodeJS.Signals, listener: () => void): unknown;
	off(signal: NodeJS.Signals, listener: () => void): unknown;
}

export interface SignalWatch {
	/** Gives the signals back their usual effect. */
	stop(): void;
}

const ENDING = ["SIGINT", "SIGTERM"] as const;

/**
 * npm passes on the SIGINT that a terminal has already sent to the whole group, so one Ctrl-C arrives twice. A person's
 * second one comes later than this (in ms).
 */
const ECHO_MS = 300;

/**
 * From the second signal on, the usual effect is wanted: it also reaches a kask that is busy, where no listener would
 * run. So nothing listens any more once the echo is over.
 */
export function watchSignals(
	lifetime: Lifetime,
	onUser1: () => void,
	source: SignalSource = process,
): SignalWatch {
	const listeners = new Map<NodeJS.Signals, () => void>();
	let echo: NodeJS.Timeout | undefined;
	const stopEnding = () => {
		clearTimeout(echo);
		for (const signal of ENDING) {
			const listener = listeners.get(signal);
			if (listener) source.off(signal, listener);
		}
	};
	for (const signal of ENDING) {
		listeners.set(signal, () => {
			lifetime.end({ kind: "signal", signal });
			echo ??= setTimeout(stopEnding, ECHO_MS).unref();
		});
	}
	// Without a listener Node would start its debugger.
	listeners.set("SIGUSR1", onUser1);
	for (const [signal, listener] of listeners) source.on(signal, listener);
	return {
		stop() {
			stopEnding();
			source.off("SIGUSR1", onUser1);
		},
	};
}
