// Recordings: what was recorded is what is shown, and a file that is no recording can do nothing but be refused.
import {
	mkdtempSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { jsonSink } from "../../runtime/output/json.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import { textSink } from "../../runtime/output/text.ts";
import { Damage } from "../../runtime/recording/damage.ts";
import { playedWorld } from "../../runtime/recording/played-world.ts";
import { play } from "../../runtime/recording/player.ts";
import { type Recording, readRecording } from "../../runtime/recording/read.ts";
import { recordedSink } from "../../runtime/recording/recorded-sink.ts";
import { recordedWorld } from "../../runtime/recording/recorded-world.ts";
import { Recorder } from "../../runtime/recording/recorder.ts";
import { eventDispatcher } from "../../runtime/session/dispatch.ts";
import { openHost } from "../../runtime/session/host.ts";
import type { World } from "../../runtime/session/world.ts";
import { builtinNamed } from "../../src/builtins/index.ts";
import type { EventPlan, MapPlan, Plan } from "../../src/plan.ts";
import { randomFrom } from "../fuzz/random.ts";
import { bytes, int, plainSettings, string, text } from "../render/fixtures.ts";

const place = { file: "one.bt", line: 1, column: 1 };

function event(
	builtin: string,
	params: EventPlan["params"],
	fields: EventPlan["fields"] = [],
): EventPlan {
	return { builtin, size: 24, fields, params, place };
}

const histogram: MapPlan = {
	symbol: "AT_h",
	role: "script",
	type: "percpu_hash",
	keySize: 12,
	valueSize: 16,
	maxEntries: 64,
	script: {
		name: "h",
		scalar: false,
		key: int(8),
		value: {
			kind: "aggregate",
			name: "hist",
			params: { bits: 0 },
			signed: true,
		},
		bucketed: true,
	},
};

const plan: Plan = {
	version: 1,
	programs: [],
	attach: [],
	needs: [],
	maps: [histogram],
	events: [
		event("printf", { format: "%d %s\n" }, [
			{ name: "0", offset: 8, layout: int(8) },
			{ name: "1", offset: 16, layout: string(8) },
		]),
		event("time", { format: "%s\n" }),
		event("exit", {}, [{ name: "code", offset: 8, layout: int(8) }]),
	],
	settings: plainSettings,
};

function elements(count: number) {
	const keys = bytes([8, 7], [4, 3], [8, 7], [4, 5]);
	const values = bytes([8, 2], [8, 9], [8, 1], [8, 0]);
	return {
		count,
		keys: new Uint8Array(keys.buffer),
		values: new Uint8Array(values.buffer),
		keySize: 12,
		valueSize: 16,
		valueStride: 16,
		cpuStride: 16,
		cpus: 1,
	};
}

const unknown = () => "?";
let seconds = 0n;
const world: World = {
	maps: { read: () => elements(2), clear() {}, zero() {} },
	symbols: {
		kernel: unknown,
		user: unknown,
		stack: () => [],
		kernelStack: unknown,
		userStack: unknown,
	},
	bootMoment: () => 0n,
	// The clock goes on each time it is looked at.
	now: () => seconds++ * 1_000_000_000n,
	readFile: () => ({ ok: false, reason: "none" }),
	userName: unknown,
	cgroupPath: unknown,
	shell: unknown,
	writePacket: () => undefined,
};

/** A sink whose output can be read. */
function collect(format: "text" | "json") {
	const written = { text: "" };
	const out = {
		write: (piece: string) => {
			written.text += piece;
		},
		flush() {},
		finish() {},
		choked: false,
		waitedMs: 0,
	};
	const options = { out, errors: out, quiet: false, warnings: true };
	const sink = format === "json" ? jsonSink(options) : textSink(options);
	return { sink, written };
}

function hostOf(used: World, sink: Sink) {
	return openHost({
		plan,
		sink,
		world: used,
		builtin: builtinNamed,
		probeNames: [],
		exit: () => {},
	});
}

/** A run of three prints, a look at the clock twice, a map, and exit code 3. */
function record(path: string): string {
	const recorder = new Recorder({
		path,
		plan,
		probeNames: ["kprobe:a", "kprobe:b"],
		script: { name: "one.bt", text: "begin { }" },
		kernel: "6.1.0",
		onFailed: (why) => {
			throw new Error(why);
		},
	});
	const { sink: shown, written } = collect("text");
	const sink = recordedSink(shown, collect("json").sink, recorder);
	const host = hostOf(recordedWorld(world, recorder), sink);
	const dispatch = eventDispatcher(plan, host, builtinNamed);
	const send = (view: DataView) => {
		recorder.record(new Uint8Array(view.buffer), 0, view.byteLength);
		dispatch(view, 0);
	};
	sink.attachedProbes(2);
	send(bytes([4, 0], [4, 0], [8, -3], text("bash", 8)));
	send(bytes([4, 1], [4, 0]));
	send(bytes([4, 1], [4, 0]));
	sink.flush();
	send(bytes([4, 2], [4, 0], [8, 3]));
	sink.flush();
	sink.endOfEvents();
	host.maps.printAll();
	recorder.mark("print");
	recorder.close(3);
	return written.text;
}

async function show(path: string, format: "text" | "json" = "text") {
	const read = readRecording(path);
	if (!read.ok) return { code: read.failure.code, text: "" };
	const { sink, written } = collect(format);
	const code = await playTo(read.value, sink);
	return { code, text: written.text };
}

function playTo(recording: Recording, sink: Sink): Promise<number> {
	const shown = playedWorld(recording.plan.maps);
	const host = openHost({
		plan: recording.plan,
		sink,
		world: shown,
		builtin: builtinNamed,
		probeNames: [],
		exit: () => {},
	});
	return play({
		recording,
		world: shown,
		host,
		sink,
		dispatch: eventDispatcher(recording.plan, host, builtinNamed),
		onLosses: () => {},
		paced: false,
		signal: new AbortController().signal,
	});
}

let folder = "";
let original = "";
let lines: readonly string[] = [];

beforeAll(() => {
	folder = mkdtempSync(join(tmpdir(), "kask-recording-"));
	original = record(join(folder, "good"));
	const packed = readFileSync(join(folder, "good"));
	lines = gunzipSync(packed).toString().trimEnd().split("\n");
});
afterAll(() => rmSync(folder, { recursive: true }));

/** A recording of these lines. */
function write(name: string, content: readonly string[]): string {
	const path = join(folder, name);
	writeFileSync(path, gzipSync(`${content.join("\n")}\n`));
	return path;
}

/** The good recording with one text put for another; it has to be there. */
function spoil(name: string, from: string | RegExp, to: string): string {
	const spoiled = lines.map((line) => line.replace(from, to));
	expect(spoiled).not.toEqual(lines);
	return write(name, spoiled);
}

describe("what was recorded", () => {
	test("is shown again, with the exit code", async () => {
		const shown = await show(join(folder, "good"));
		expect(shown).toEqual({ code: 3, text: original });
		expect(original).toContain("-3 bash\n0\n1\n");
		expect(original).toContain("@h[7]:");
	});
	test("is shown in the other format too", async () => {
		const { text: shown } = await show(join(folder, "good"), "json");
		expect(shown).toContain('{"type": "printf", "data": "-3 bash\\n"}');
		expect(shown).toContain('"type": "hist"');
	});
	test("is private to its owner", () => {
		const path = join(folder, "private");
		record(path);
		expect(statSync(path).mode & 0o777).toBe(0o600);
	});
});

describe("what is no recording", () => {
	test.each([
		["another version", /"version":1,"recorded"/, '"version":2,"recorded"'],
		["another plan", /"plan":\{"version":1/, '"plan":{"version":99'],
		["a field outside of its record", '"offset":16', '"offset":1600'],
		["a width beyond reason", "%d %s", "%9999999d %s"],
		["a layout of another kind", '"kind":"string"', '"kind":"strong"'],
		["another magic", '"kask":"recording"', '"kask":"records"'],
	])("is refused: %s", async (name, from, to) => {
		expect(await show(spoil(name, from, to))).toEqual({
			code: "E0821",
			text: "",
		});
	});
	test("is refused: text", async () => {
		const path = join(folder, "text");
		writeFileSync(path, "begin { }");
		expect((await show(path)).code).toBe("E0821");
	});
	test.each([
		["contents of another size", /"count":2,"cpus"/, '"count":3,"cpus"'],
		["a frame of no kind", '"frame":"print"', '"frame":"paint"'],
		["a record that is too long", /"records":"..../, '"records":"////'],
	])("ends with its damage: %s", async (name, from, to) => {
		await expect(show(spoil(name, from, to))).rejects.toThrow(Damage);
	});
	test("ends with its damage: a bucket that is none", async () => {
		const bad = bytes([8, 7], [4, 4_000_000_000], [8, 7], [4, 5]);
		const keys = Buffer.from(bad.buffer).toString("base64");
		const path = spoil("bucket", /"keys":"[^"]*"/, `"keys":"${keys}"`);
		await expect(show(path)).rejects.toThrow("bucket");
	});
	test("cut off, it shows what it has", async () => {
		const path = write("cut", lines.slice(0, 6));
		const read = readRecording(path);
		if (!read.ok) throw new Error("it should begin well");
		const { sink, written } = collect("text");
		await expect(playTo(read.value, sink)).rejects.toThrow("cut off");
		expect(written.text).toContain("-3 bash");
	});
});

test("whatever stands in the file, it ends, and soon", async () => {
	const below = randomFrom(20);
	const noises = ["0", "9999999999", '"', "{", "", "null", "-1"];
	for (let round = 0; round < 300; round++) {
		const at = below(lines.length);
		const line = lines[at] ?? "";
		const from = below(line.length);
		const to = Math.min(line.length, from + below(8));
		const noise = noises[below(noises.length)];
		const changed = `${line.slice(0, from)}${noise}${line.slice(to)}`;
		const path = write("noise", lines.with(at, changed));
		await show(path).catch((error) => expect(error).toBeInstanceOf(Error));
	}
});
