// The parts of a Plan that showing it again needs, checked: a file from elsewhere may hold anything.
import { z } from "zod";
import type { Plan } from "../../src/plan.ts";
import { layoutSize, type ValueLayout } from "../../src/types/value-layout.ts";

export type ShownPlan = Pick<Plan, "attach" | "maps" | "events" | "settings">;

/** Bytes of one value, key or record; no kernel takes larger ones. */
const largest = 1 << 25;
const bytes = z.int().min(0).max(largest);
const width = z.literal([1, 2, 4, 8]);
/** A number of so many digits in a format would print more blanks than anybody wants. */
const hugeWidth = /%[^%a-zA-Z]*\d{6}/;
const text = z.string().max(1 << 20);
const params = z.record(
	z.string(),
	z.union([z.string(), z.number(), z.boolean()]),
);

const layoutSchema: z.ZodType<ValueLayout> = z.lazy(() =>
	z.discriminatedUnion("kind", [
		z.object({ kind: z.literal("int"), size: width, signed: z.boolean() }),
		z.object({ kind: z.literal("bool") }),
		z.object({
			kind: z.literal("string"),
			size: bytes,
			mayFill: z.literal(true).optional(),
		}),
		z.object({ kind: z.literal("buffer"), size: bytes }),
		z.object({ kind: z.literal("pointer") }),
		z
			.object({
				kind: z.literal("array"),
				of: layoutSchema,
				count: bytes,
				stride: z.int().min(1).max(largest),
			})
			.refine((a) => a.stride * a.count <= largest, "the array is too large"),
		z.object({
			kind: z.literal("enum"),
			size: width,
			signed: z.boolean(),
			names: z.record(z.string(), z.string()),
		}),
		z.object({
			kind: z.literal("tuple"),
			size: bytes,
			elements: z.array(z.object({ offset: bytes, layout: layoutSchema })),
		}),
		z.object({
			kind: z.literal("record"),
			size: bytes,
			fields: z.array(namedFieldSchema),
		}),
		z.object({
			kind: z.literal("opaque"),
			name: z.string(),
			size: bytes,
			params,
		}),
	]),
) as z.ZodType<ValueLayout>;

const namedFieldSchema = z.object({
	name: z.string(),
	offset: bytes,
	layout: layoutSchema,
	bits: z
		.object({ shift: z.int().min(0).max(63), width: z.int().min(1).max(64) })
		.optional(),
});

const placeSchema = z.object({
	file: z.string(),
	line: z.int(),
	column: z.int(),
});

const eventSchema = z
	.object({
		builtin: z.string(),
		size: bytes,
		fields: z.array(namedFieldSchema),
		params: z.record(z.string(), z.unknown()),
		place: placeSchema,
	})
	.refine(
		({ fields, size }) =>
			fields.every((f) => f.offset + layoutSize(f.layout) <= size),
		"a field stands outside of its record",
	)
	.refine(
		(event) => !hugeWidth.test(String(event.params.format ?? "")),
		"a format asks for too much room",
	);

const scriptMapSchema = z.looseObject({
	name: text,
	scalar: z.boolean(),
	unit: z.string().optional(),
	key: layoutSchema.optional(),
	value: z.discriminatedUnion("kind", [
		z.looseObject({ kind: z.literal("plain"), layout: layoutSchema }),
		z.looseObject({
			kind: z.literal("aggregate"),
			name: z.string(),
			params,
			signed: z.boolean(),
		}),
	]),
	bucketed: z.boolean(),
	keepsPlaces: z.literal(true).optional(),
});

const mapSchema = z.looseObject({
	symbol: text,
	role: z.string(),
	type: z.string(),
	keySize: bytes,
	valueSize: bytes,
	script: scriptMapSchema.optional(),
});

const settingsSchema = z.looseObject({
	strTruncTrailer: text,
	maxCatBytes: z.int().min(0),
	stackMode: z.string(),
	printMapsOnExit: z.boolean(),
});

export const planSchema = z.looseObject({
	version: z.int(),
	attach: z.array(
		z.looseObject({ target: z.looseObject({ kind: z.string() }) }),
	),
	maps: z.array(mapSchema),
	events: z.array(eventSchema),
	settings: settingsSchema,
});
