// Reads a recording: unpacked, line by line, each line checked before anything is made of it.
import { readFileSync } from "node:fs";
import { constants, gunzipSync } from "node:zlib";
import { PLAN_VERSION } from "../../src/plan.ts";
import { type Failure, fail, type Result, succeed } from "../result.ts";
import { Damage } from "./damage.ts";
import {
	type Frame,
	frameSchema,
	type Head,
	headSchema,
	RECORDING_VERSION,
} from "./frames.ts";
import { planSchema, type ShownPlan } from "./plan-schema.ts";

export interface Recording {
	readonly head: Head;
	readonly plan: ShownPlan;
	/** Each line is checked when its turn comes; a line that is no frame ends the list with a Damage. */
	readonly frames: Iterable<Frame>;
}

/** Bytes that a recording may unpack to. */
const largestText = 1 << 29;

/** `-` is standard input. */
export function readRecording(path: string): Result<Recording> {
	const lines = unpack(path);
	if (!lines.ok) return lines;
	const [first = "", ...rest] = lines.value;
	const head = headSchema.safeParse(parseLine(first));
	if (!head.success) return refuse(path, "it does not begin as one");
	if (head.data.version !== RECORDING_VERSION)
		return refuse(
			path,
			`it is of version ${head.data.version}, and this kask reads version ${RECORDING_VERSION}`,
		);
	const plan = planSchema.safeParse(head.data.plan);
	if (!plan.success)
		return refuse(
			path,
			`its plan is damaged: ${plan.error.issues[0]?.message}`,
		);
	if (plan.data.version !== PLAN_VERSION)
		return refuse(path, "it was made by a kask of another version");
	return succeed({
		head: head.data,
		plan: plan.data as unknown as ShownPlan,
		frames: checkFrames(rest),
	});
}

function refuse(path: string, why: string): { ok: false; failure: Failure } {
	return fail("E0821", { path, why });
}

function unpack(path: string): Result<string[]> {
	let packed: Buffer;
	try {
		packed = readFileSync(path === "-" ? 0 : path);
	} catch (error) {
		return fail("E0804", { path, why: reason(error) });
	}
	try {
		// With this flag a file that was cut off gives what it has.
		const finishFlush = constants.Z_SYNC_FLUSH;
		const options = { maxOutputLength: largestText, finishFlush };
		const text = gunzipSync(packed, options).toString("utf8");
		return succeed(text.split("\n"));
	} catch (error) {
		return refuse(path, reason(error));
	}
}

function reason(error: unknown): string {
	return error instanceof Error ? error.message : String(error);
}

function parseLine(line: string): unknown {
	try {
		return JSON.parse(line);
	} catch {
		return undefined;
	}
}

function* checkFrames(lines: readonly string[]): Generator<Frame> {
	let number = 1;
	for (const line of lines) {
		number++;
		if (line === "") continue;
		const frame = frameSchema.safeParse(parseLine(line));
		if (!frame.success) throw new Damage(`line ${number} is no frame`);
		yield frame.data;
	}
}
