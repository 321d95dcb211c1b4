// When a run ends, and with which exit code.
import { describe, expect, test } from "vitest";
import { type EndReason, Lifetime } from "../../runtime/session/lifetime.ts";

function running(): Lifetime {
	const lifetime = new Lifetime();
	lifetime.run();
	return lifetime;
}

describe("a run", () => {
	test("goes through its states", () => {
		const lifetime = new Lifetime();
		expect(lifetime.state).toBe("starting");
		expect(lifetime.run()).toBe(true);
		expect(lifetime.state).toBe("running");
		expect(lifetime.end({ kind: "exit", code: 0 })).toBe(true);
		expect(lifetime.state).toBe("ending");
		expect(lifetime.wantsReport).toBe(true);
		lifetime.finish();
		expect(lifetime.state).toBe("ended");
		expect(lifetime.wantsReport).toBe(false);
	});

	test("that is ended before it began has nothing to report", () => {
		const lifetime = new Lifetime();
		lifetime.end({ kind: "signal", signal: "SIGINT" });
		expect(lifetime.state).toBe("ended");
		expect(lifetime.wantsReport).toBe(false);
		expect(lifetime.run()).toBe(false);
		expect(lifetime.state).toBe("ended");
	});

	test("ends for the first reason only", () => {
		const lifetime = running();
		const heard: EndReason[] = [];
		lifetime.onEnd((reason) => heard.push(reason));
		lifetime.end({ kind: "exit", code: 3 });
		expect(lifetime.end({ kind: "signal", signal: "SIGTERM" })).toBe(false);
		expect(lifetime.end({ kind: "exit", code: 4 })).toBe(false);
		lifetime.onEnd((reason) => heard.push(reason));
		expect(heard).toEqual([
			{ kind: "exit", code: 3 },
			{ kind: "exit", code: 3 },
		]);
		expect(lifetime.exitCode).toBe(4);
	});

	test("finishes also when nothing ended it", () => {
		const lifetime = running();
		lifetime.finish();
		expect(lifetime.reason).toEqual({ kind: "done" });
		expect(lifetime.exitCode).toBe(0);
	});
});

describe("the exit code", () => {
	const codeOf = (...reasons: EndReason[]) => {
		const lifetime = running();
		for (const reason of reasons) lifetime.end(reason);
		return lifetime.exitCode;
	};
	test.each<[number, EndReason]>([
		[0, { kind: "signal", signal: "SIGINT" }],
		[0, { kind: "signal", signal: "SIGTERM" }],
		[0, { kind: "command" }],
		[0, { kind: "process" }],
		[0, { kind: "done" }],
		[7, { kind: "exit", code: 7 }],
		[1, { kind: "failure" }],
		[141, { kind: "broken-pipe" }],
	])("is %i after %o", (code, reason) => {
		expect(codeOf(reason)).toBe(code);
	});

	test("may be given while the run ends, and is not taken back", () => {
		const signal: EndReason = { kind: "signal", signal: "SIGINT" };
		const exit = (code: number): EndReason => ({ kind: "exit", code });
		expect(codeOf(signal, exit(3))).toBe(3);
		expect(codeOf(exit(2), exit(3))).toBe(3);
		expect(codeOf(exit(2), exit(0))).toBe(2);
		expect(codeOf(exit(256))).toBe(0);
		expect(codeOf(exit(5), { kind: "failure" })).toBe(1);
	});

	test("tells of what goes wrong while the run ends", () => {
		const signal: EndReason = { kind: "signal", signal: "SIGINT" };
		expect(codeOf(signal, { kind: "failure" })).toBe(1);
		expect(codeOf(signal, { kind: "broken-pipe" })).toBe(141);
	});

	test("a broken pipe on the way out ends the report", () => {
		const lifetime = running();
		lifetime.end({ kind: "exit", code: 0 });
		lifetime.end({ kind: "broken-pipe" });
		expect(lifetime.wantsReport).toBe(false);
	});
});
