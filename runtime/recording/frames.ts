// What a recording is made of. The file: gzip (of several members, one per write) over lines of JSON, the head first.
// docs/recordings.md tells the same to people.
import { z } from "zod";

/** Raised whenever a frame changes meaning; recordings of another version are refused. */
export const RECORDING_VERSION = 1;

const count = z.int().min(0);
/** Milliseconds since the recording began. */
const at = z.number().min(0).max(Number.MAX_SAFE_INTEGER);
const place = z.object({
	file: z.string(),
	line: count,
	column: count,
});

export const headSchema = z.object({
	kask: z.literal("recording"),
	version: z.int(),
	/** When it began, as ISO 8601. */
	recorded: z.string(),
	/** The kernel's release. */
	kernel: z.string(),
	script: z.object({ name: z.string(), text: z.string() }),
	/** By attach cookie. */
	probes: z.array(z.string().nullable()),
	/** Checked by itself, see plan-schema.ts. */
	plan: z.unknown(),
});

const lossSchema = z.object({
	reason: z.enum([
		"ring-full",
		"map-full",
		"stack-lost",
		"process-unknown",
		"string-truncated",
		"read-failed",
		"key-missing",
		"loop-cut",
		"divide-by-zero",
		"out-of-bounds",
	]),
	count: z.string().regex(/^\d{1,20}$/),
	map: z.string().optional(),
	place: place.optional(),
	helper: z.string().optional(),
	code: z.int().optional(),
});

export const frameSchema = z.discriminatedUnion("frame", [
	/** So many probes were attached. */
	z.object({ frame: z.literal("attached"), at, count }),
	/**
	 * What the world outside said, to be known from here on. `question` names the member of `World` or `Symbols`,
	 * `of` are its arguments; a question may come again with another answer.
	 */
	z.object({
		frame: z.literal("answer"),
		question: z.string(),
		of: z.string(),
		answer: z.unknown(),
	}),
	/** A map's contents, for the next time that it is read. Bytes are base64. */
	z.object({
		frame: z.literal("map"),
		symbol: z.string(),
		count,
		keys: z.base64(),
		values: z.base64(),
		cpus: z.int().min(1).max(65_536),
	}),
	/** Records of the ring buffer, each after its length (u32, little-endian). */
	z.object({ frame: z.literal("events"), at, records: z.base64() }),
	/** All maps were printed; `end` has run before where it is the last time. */
	z.object({ frame: z.literal("print"), at }),
	/** From here on the events are those of `end`. */
	z.object({ frame: z.literal("resume"), at }),
	/** All events are through. */
	z.object({ frame: z.literal("drained"), at }),
	z.object({ frame: z.literal("lost"), count }),
	z.object({ frame: z.literal("losses"), losses: z.array(lossSchema) }),
	/** The last frame; without it the recording was cut off. */
	z.object({ frame: z.literal("end"), at, code: z.int().min(0).max(255) }),
]);

export type Head = z.infer<typeof headSchema>;
export type Frame = z.infer<typeof frameSchema>;
