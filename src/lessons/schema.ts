// What a teacher writes into lesson.json, checked: how the event is made to happen, and what must come out.
import { z } from "zod";

/** A number, or a text in which `$name` stands for a fact: "$n". */
const amount = z.union([z.number(), z.string()]);

/** Tells of a text that is no regular expression when the lesson is read, not when somebody learns from it. */
const regex = z.string().refine((text) => {
	try {
		new RegExp(text);
		return true;
	} catch {
		return false;
	}
}, "this is not a regular expression");

const figureFields = {
	/** With its @; without it, any map that fits will do. */
	map: z.string().startsWith("@").optional(),
	/** Keys as JSON shows them, `*` for anything; all keys without it. */
	key: z.string().optional(),
	/** Keys that are left out. */
	but: z.string().optional(),
	take: z
		.enum(["value", "keys", "prints", "count", "average", "total"])
		.default("value"),
	/** Of histograms: the count in the bucket that this number falls into. */
	bucket: amount.optional(),
	/** Of histograms: the count in that bucket and all above it. */
	from: amount.optional(),
	/** Of a map printed several times: its last content, or all of them together. */
	over: z.enum(["last", "all"]).default("last"),
	/** Instead of a map: how many lines were printed that match. */
	printed: regex.optional(),
	/** Instead of a map: how often this stands in the script. */
	script: regex.optional(),
	/** Instead of a map: how many probes were chosen among alternatives. */
	choice: regex.optional(),
	is: amount.optional(),
	atLeast: amount.optional(),
	atMost: amount.optional(),
};

const conditionSchema = z
	.strictObject(figureFields)
	.refine(hasBound, "a condition says is, atLeast or atMost");

const expectationSchema = z
	.strictObject({
		...figureFields,
		/** What the figure counts, in the learner's words. */
		what: z.string().min(1),
		/** What a wrong figure tells. */
		say: z.string().optional(),
	})
	.refine(hasBound, "an expectation says is, atLeast or atMost");

function hasBound(c: {
	is?: unknown;
	atLeast?: unknown;
	atMost?: unknown;
}): boolean {
	return [c.is, c.atLeast, c.atMost].some((bound) => bound !== undefined);
}

const stageFields = {
	/** A shell command before kask starts. */
	prepare: z.string().default(""),
	/** A shell command that makes the event happen; kask ends with it. Without it the script has to end by itself. */
	act: z.string().optional(),
	/** The script's own parameters. */
	parameters: z.array(z.string()).default([]),
	/** Shell variables with a whole number drawn from a range, another one each time. */
	numbers: z.record(z.string(), z.tuple([z.int(), z.int()])).default({}),
};

export const lessonSchema = z.strictObject({
	$schema: z.string().optional(),
	/** What the machine must have: "disk". */
	needs: z.array(z.enum(["disk"])).default([]),
	demo: z.strictObject(stageFields),
	check: z.strictObject({
		...stageFields,
		/** Longer than this no script is waited for, once it is attached. */
		seconds: z.number().positive().default(60),
		expect: z.array(expectationSchema).min(1),
		mistakes: z
			.array(
				z.strictObject({
					when: z.array(conditionSchema).min(1),
					say: z.string().min(1),
				}),
			)
			.default([]),
	}),
});

export type Condition = z.infer<typeof conditionSchema>;
export type Expectation = z.infer<typeof expectationSchema>;
type Definition = z.infer<typeof lessonSchema>;
export type Need = Definition["needs"][number];
export type Check = Definition["check"];
/** What is done while a script runs. */
export type Stage = Pick<Check, "prepare" | "act" | "parameters" | "numbers">;
export type { Definition };
