// What signals do to a run. The sender is a fake; that real signals get through is tested with whole runs.
import { EventEmitter } from "node:events";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { Lifetime } from "../../runtime/session/lifetime.ts";
import { watchSignals } from "../../runtime/session/signals.ts";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

function watch() {
	const source = new EventEmitter();
	const lifetime = new Lifetime();
	lifetime.run();
	let prints = 0;
	const signals = watchSignals(lifetime, () => prints++, source);
	return { source, lifetime, signals, prints: () => prints };
}

describe("signals", () => {
	test.each(["SIGINT", "SIGTERM"] as const)("%s ends the run", (signal) => {
		const { source, lifetime } = watch();
		source.emit(signal);
		expect(lifetime.reason).toEqual({ kind: "signal", signal });
	});

	test("the second Ctrl-C finds no listener, and so ends kask at once", () => {
		const { source } = watch();
		source.emit("SIGINT");
		vi.advanceTimersByTime(1000);
		expect(source.listenerCount("SIGINT")).toBe(0);
		expect(source.listenerCount("SIGTERM")).toBe(0);
	});

	test("one Ctrl-C that arrives twice counts once", () => {
		const { source, lifetime } = watch();
		source.emit("SIGINT");
		vi.advanceTimersByTime(100);
		expect(source.listenerCount("SIGINT")).toBe(1);
		source.emit("SIGINT");
		expect(lifetime.state).toBe("ending");
	});

	test("SIGUSR1 prints maps and ends nothing", () => {
		const { source, lifetime, prints } = watch();
		source.emit("SIGUSR1");
		source.emit("SIGUSR1");
		expect(prints()).toBe(2);
		expect(lifetime.state).toBe("running");
	});

	test("have their usual effect again after the end", () => {
		const { source, signals } = watch();
		signals.stop();
		expect(source.eventNames()).toEqual([]);
	});
});
