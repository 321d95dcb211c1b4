// The world of a run that is shown again: every answer comes from the recording, none from this machine.
import { z } from "zod";
import type { MapPlan } from "../../src/plan.ts";
import type { MapContents } from "../maps/read.ts";
import type { World } from "../session/world.ts";
import { Damage } from "./damage.ts";
import type { Frame } from "./frames.ts";
import { mapContents } from "./map-frame.ts";
import { inTurn, spellArguments } from "./question.ts";

const integer = z
	.string()
	.regex(/^-?\d{1,20}$/)
	.transform(BigInt);
const file = z.discriminatedUnion("ok", [
	z.object({ ok: z.literal(true), bytes: z.string() }),
	z.object({ ok: z.literal(false), reason: z.string() }),
]);

export interface PlayedWorld extends World {
	/** Takes in what the recording says next. */
	learn(frame: Frame & { readonly frame: "answer" | "map" }): void;
}

export function playedWorld(maps: readonly MapPlan[]): PlayedWorld {
	const answers = new Map<string, unknown[]>();
	const contents = new Map<string, MapContents[]>();
	const plans = new Map(maps.map((map) => [map.symbol, map]));

	function ask<T>(schema: z.ZodType<T>, question: string, ...args: unknown[]) {
		const known = answers.get(`${question} ${spellArguments(args)}`);
		const answer = inTurn.has(question) ? known?.shift() : known?.[0];
		const checked = schema.safeParse(answer);
		if (!checked.success)
			throw new Damage(`it does not know ${question}(${args.join(", ")})`);
		return checked.data;
	}
	const askText =
		(question: string) =>
		(...args: unknown[]): string =>
			ask(z.string(), question, ...args);

	return {
		learn(frame) {
			if (frame.frame === "map") {
				const plan = plans.get(frame.symbol);
				if (!plan) throw new Damage(`its plan has no map ${frame.symbol}`);
				append(contents, frame.symbol, mapContents(plan, frame));
				return;
			}
			const name = `${frame.question} ${frame.of}`;
			if (inTurn.has(frame.question)) append(answers, name, frame.answer);
			else answers.set(name, [frame.answer]);
		},
		maps: {
			read: (map) => contents.get(map.symbol)?.shift(),
			clear: () => {},
			zero: () => {},
		},
		bootMoment: () => ask(integer, "bootMoment"),
		now: () => ask(integer, "now"),
		readFile: (path, limit) => ask(file, "readFile", path, limit),
		userName: askText("userName"),
		cgroupPath: askText("cgroupPath"),
		shell: askText("shell"),
		// The files were written when it was recorded.
		writePacket: () => undefined,
		symbols: {
			kernel: askText("kernel"),
			user: askText("user"),
			stack: (map, id) => ask(z.array(integer), "stack", map, id),
			kernelStack: askText("kernelStack"),
			userStack: askText("userStack"),
		},
	};
}

function append<T>(lists: Map<string, T[]>, name: string, value: T): void {
	const list = lists.get(name);
	if (list) list.push(value);
	else lists.set(name, [value]);
}
