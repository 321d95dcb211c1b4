// When the output is to blame for events that are lost, on a clock that the test sets.
import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Sink } from "../../runtime/output/sink.ts";
import type { Loss } from "../../runtime/session/losses.ts";
import { LostEvents } from "../../src/commands/lost-events.ts";
import type { Options } from "../../src/commands/options.ts";

const { told } = vi.hoisted(() => ({ told: [] as string[] }));
vi.mock("../../src/commands/stdio.ts", () => ({
	printError: (text: string) => told.push(text.split("\n")[0] ?? ""),
}));

const BLAME =
	"warning[W0709]: events are lost because the output is not taken as fast as they come";

let output: { waitedMs: number; choked: boolean; lost: number[] };
let losses: Loss[];

beforeEach(() => {
	vi.useFakeTimers({ toFake: ["hrtime"] });
	told.length = 0;
	output = { waitedMs: 0, choked: false, lost: [] };
	losses = [];
});
afterEach(() => {
	vi.useRealTimers();
});

function lostEvents(): LostEvents {
	const sink = {
		...output,
		get waitedMs() {
			return output.waitedMs;
		},
		get choked() {
			return output.choked;
		},
		lostEvents: (count: number) => output.lost.push(count),
	} as unknown as Sink;
	const options = { warnings: true, color: false } as Options;
	return new LostEvents(() => losses, sink, options);
}

function lose(count: number): void {
	losses = [{ reason: "ring-full", count: BigInt(count) } as Loss];
}

function pass(ms: number, waited: number): void {
	vi.advanceTimersByTime(ms);
	output.waitedMs += waited;
}

test("a wait during a third of the time is to blame, once", () => {
	const lost = lostEvents();
	lost.start();
	lose(5);
	pass(1000, 400);
	lost.look();
	lose(7);
	pass(1000, 900);
	lost.look();
	expect(output.lost).toEqual([5, 2]);
	expect(told).toEqual([BLAME]);
});

test("a short wait is not, nor a long one in which nothing is lost", () => {
	const lost = lostEvents();
	lost.start();
	lose(5);
	pass(1000, 100);
	lost.look();
	pass(1000, 900);
	lost.look();
	expect(output.lost).toEqual([5]);
	expect(told).toEqual([]);
});

test("a wait that had only begun when events were seen to be lost, and goes on, is", () => {
	const lost = lostEvents();
	lost.start();
	lose(5);
	output.choked = true;
	pass(1000, 100);
	lost.look();
	expect(told).toEqual([]);
	pass(1000, 1000);
	lost.look();
	expect(output.lost).toEqual([5]);
	expect(told).toEqual([BLAME]);
});

test("what compiling took does not make the share smaller", () => {
	const lost = lostEvents();
	pass(10_000, 0);
	lost.start();
	lose(5);
	pass(1000, 900);
	lost.tell(losses);
	expect(told).toEqual([BLAME]);
});
