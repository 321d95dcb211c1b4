// The world of a run that is recorded: asks the real one, and keeps every answer that is new.
import type { World } from "../session/world.ts";
import { mapFrame } from "./map-frame.ts";
import { inTurn, spellArguments } from "./question.ts";
import type { Recorder } from "./recorder.ts";

/** Answers to the same question that are remembered, so that each is kept once. */
const remembered = 100_000;

export function recordedWorld(world: World, recorder: Recorder): World {
	const known = new Map<string, string>();
	const keep = (question: string, args: readonly unknown[], given: unknown) => {
		const of = spellArguments(args);
		const name = `${question} ${of}`;
		const answer = typeof given === "bigint" ? String(given) : given;
		const text = JSON.stringify(answer);
		if (known.get(name) === text && !inTurn.has(question)) return;
		if (known.size >= remembered) known.clear();
		known.set(name, text);
		recorder.keep({ frame: "answer", question, of, answer });
	};
	const asking =
		<Args extends readonly unknown[], Answer>(
			question: string,
			ask: (...args: Args) => Answer,
		) =>
		(...args: Args): Answer => {
			const answer = ask(...args);
			keep(question, args, answer);
			return answer;
		};
	const { maps, symbols } = world;
	return {
		bootMoment: asking("bootMoment", () => world.bootMoment()),
		now: asking("now", () => world.now()),
		readFile: asking("readFile", world.readFile),
		userName: asking("userName", world.userName),
		cgroupPath: asking("cgroupPath", world.cgroupPath),
		shell: asking("shell", world.shell),
		writePacket: world.writePacket,
		symbols: {
			kernel: asking("kernel", symbols.kernel),
			user: asking("user", symbols.user),
			stack(map, id) {
				const addresses = symbols.stack(map, id);
				keep("stack", [map, id], addresses.map(String));
				return addresses;
			},
			kernelStack: asking("kernelStack", symbols.kernelStack),
			userStack: asking("userStack", symbols.userStack),
		},
		maps: {
			...maps,
			read(map) {
				const contents = maps.read(map);
				if (contents) recorder.keep(mapFrame(map.symbol, contents));
				return contents;
			},
		},
	};
}
