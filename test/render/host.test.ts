// Records → builtins → lines: the whole way without a kernel.
import { describe, expect, test } from "vitest";
import { textSink } from "../../runtime/output/text.ts";
import { eventDispatcher } from "../../runtime/session/dispatch.ts";
import { openHost } from "../../runtime/session/host.ts";
import { thisWorld } from "../../runtime/session/world.ts";
import { builtinNamed } from "../../src/builtins/index.ts";
import type { EventPlan, Plan } from "../../src/plan.ts";
import {
	bytes,
	int,
	type Piece,
	plainHost,
	plainSettings,
	string,
	text,
} from "./fixtures.ts";

const place = { file: "one.bt", line: 2, column: 3 };

function event(
	builtin: string,
	params: EventPlan["params"],
	fields: EventPlan["fields"] = [],
): EventPlan {
	return { builtin, size: 64, fields, params, place };
}

const events: readonly EventPlan[] = [
	event("printf", { format: "%d %s\n" }, [
		{ name: "0", offset: 8, layout: int(8) },
		{ name: "1", offset: 16, layout: string(8) },
	]),
	event("exit", {}, [{ name: "code", offset: 8, layout: int(8) }]),
	event("print", {}, [{ name: "value", offset: 8, layout: int(8) }]),
	event("errorf", { format: "bad %d", range: "2:3-9" }, [
		{ name: "0", offset: 8, layout: int(8) },
	]),
	event("cat", { format: "/proc/%s" }, [
		{ name: "0", offset: 8, layout: string(8) },
	]),
	event("system", { format: "echo a; echo b >&2; echo c" }),
	event("strftime-less", {}),
];

function open() {
	const written = { out: "", errors: "" };
	const writer = (name: "out" | "errors") => ({
		write: (piece: string) => {
			written[name] += piece;
		},
		flush() {},
		finish() {},
		choked: false,
		waitedMs: 0,
	});
	const plan: Plan = {
		version: 1,
		programs: [],
		maps: [],
		attach: [],
		needs: [],
		events: events.slice(0, -1),
		settings: plainSettings,
	};
	const codes: number[] = [];
	const host = openHost({
		plan,
		sink: textSink({
			out: writer("out"),
			errors: writer("errors"),
			quiet: false,
			warnings: true,
		}),
		world: thisWorld({
			maps: { read: () => undefined, clear: () => {}, zero: () => {} },
			symbols: plainHost.symbols,
			bootMoment: () => 1_700_000_000_000_000_000n,
		}),
		builtin: builtinNamed,
		probeNames: [],
		exit: (code) => codes.push(code),
	});
	const dispatch = eventDispatcher(plan, host, builtinNamed);
	const send = (number: number, ...fields: readonly (Piece | string)[]) =>
		dispatch(bytes("????", [4, number], [4, 0], ...fields), 4);
	return { host, send, written, codes };
}

describe("events", () => {
	test("printf, wherever the record stands", () => {
		const { send, written } = open();
		send(0, [8, -3], text("bash", 8));
		send(0, [8, 4], "12345678");
		expect(written.out).toBe("-3 bash\n4 12345678..\n");
	});
	test("print of a value", () => {
		const { send, written } = open();
		send(2, [8, 17]);
		expect(written.out).toBe("17\n");
	});
	test("errorf has its place", () => {
		const { send, written } = open();
		send(3, [8, 1]);
		expect(written.errors).toBe("one.bt:2:3-9: ERROR: bad 1\n");
	});
	test("after exit() nothing is wanted until `end` runs", () => {
		const { host, send, written, codes } = open();
		send(1, [8, 258]);
		send(2, [8, 1]);
		send(1, [8, 3]);
		host.resume();
		send(2, [8, 2]);
		expect(codes).toEqual([2]);
		expect(written.out).toBe("2\n");
	});
	test("cat stops where the settings say", () => {
		const { send, written } = open();
		send(4, text("version", 8));
		expect(written.out).toBe("Linux");
	});
	test("cat of what is not there", () => {
		const { send, written } = open();
		send(4, text("nowhere", 8));
		expect(written.errors).toBe(
			"ERROR: failed to open file '/proc/nowhere' (No such file or directory)\n --> one.bt:2:3\n",
		);
	});
	test("system prints what the command prints", () => {
		const { send, written } = open();
		send(5);
		expect(written.out).toBe("a\nb\nc\n\n");
	});
	test("records of no known kind are a bug", () => {
		const { send } = open();
		expect(() => send(99)).toThrow("E0915");
	});
	test("a plan with an event that no builtin takes is a bug", () => {
		const { host } = open();
		expect(() => eventDispatcher({ events }, host, builtinNamed)).toThrow(
			"E0914",
		);
	});
});

describe("what builtins ask the host", () => {
	test("users by uid", () => {
		const { host } = open();
		expect(host.userName(0)).toBe("root");
		expect(host.userName(4_000_000_000)).toBe("");
	});
	test("the wall clock of a moment", () => {
		expect(open().host.wallClock(5n)).toBe(1_700_000_000_000_000_005n);
	});
	test("cgroups that are not there", () => {
		expect(open().host.cgroupPath(0n, "")).toBe("");
	});
	test("cgroups in hierarchies that do not match", () => {
		expect(open().host.cgroupPath(1n, "nothing-like-it*")).toBe("");
	});
});
