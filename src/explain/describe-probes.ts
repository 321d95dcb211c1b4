// The probes of a script, each in words: what it is, when and where it fires, how it is attached.
import type { Plan } from "../plan.ts";
import { providerNamed } from "../probes/index.ts";
import { placeWords } from "../probes/place-words.ts";
import type { TypedProgram } from "../semantic/ir.ts";
import { attachWords } from "./attach-words.ts";
import type { ProbeExplanation } from "./explanation.ts";

/** Of many places, the first so many are named. */
const NAMED_PLACES = 5;

export function describeProbes(
	plan: Plan,
	programs: readonly TypedProgram[],
): ProbeExplanation[] {
	return plan.programs.flatMap((program, index) => {
		const facts = programs[index]?.facts;
		const definition = providerNamed(facts?.provider ?? "");
		const requests = plan.attach.filter((a) => a.program === index);
		const [first] = requests;
		if (!first || !definition) return [];
		const place = commonWords(requests.map((r) => r.probe));
		return [
			{
				probe: program.probe,
				line: program.place.line,
				program: program.symbol,
				what: definition.doc,
				fires: definition.fires,
				...(place !== undefined && { place }),
				attached: attachWords(first.target, facts?.call?.numbers !== undefined),
				places: requests.slice(0, NAMED_PLACES).map((r) => r.probe),
				placeCount: requests.length,
			},
		];
	});
}

/** What holds for all of the places alike. */
function commonWords(probes: readonly string[]): string | undefined {
	const words = new Set(probes.map(placeWords));
	const [only] = words;
	return words.size === 1 ? only : undefined;
}
