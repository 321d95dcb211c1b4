// Which places go another way than the written one: a cheaper one, or one whose pointers can be followed (see `cheaper`
// and `trusted` in the providers' definition).
import type { Cheaper, ProbeMatch } from "../probes/definition.ts";
import type { Mentions } from "./mentions.ts";

/** A place with the way that its program goes. */
export type Chosen = ProbeMatch & Partial<Pick<Cheaper, "shape" | "call">>;

/** All places of one probe of the script. */
export interface Places {
	readonly mentions: Mentions;
	readonly matches: readonly ProbeMatch[];
	/** Each has a program of its own, because its name is plain text there. */
	readonly alone: boolean;
}

/**
 * Programs on the tracepoint of all system calls run at each of them, 5 ns for a call that is not theirs. So many a
 * script may have; one that serves several calls is always worth it.
 */
const MOST_PROGRAMS = 4;

/** In the order of the script. Places that are not in it go as written. */
export function chooseCheaper(
	probes: readonly Places[],
): ReadonlyMap<ProbeMatch, Chosen> {
	const chosen = new Map<ProbeMatch, Chosen>();
	const programs = new Map<string, number>();
	for (const { mentions, matches, alone } of probes) {
		for (const match of mentions.trusted ? matches : [])
			if (match.trusted) chosen.set(match, { ...match, ...match.trusted });
		// Kernel stacks would begin with frames of BPF's own.
		if (mentions.frames) continue;
		const groups = new Map<string, [ProbeMatch, Chosen][]>();
		for (const match of matches) {
			const cheaper = match.cheaper?.(mentions.fields);
			if (!cheaper) continue;
			const way: Chosen = { ...match, ...cheaper };
			const { section, shape, call } = way;
			if (call?.number === undefined) {
				chosen.set(match, way);
				continue;
			}
			const key = [section, shape, alone ? call.number : ""].join("|");
			const group = groups.get(key);
			if (group) group.push([match, way]);
			else groups.set(key, [[match, way]]);
		}
		for (const group of groups.values()) {
			const section = group[0]?.[1].section ?? "";
			const count = programs.get(section) ?? 0;
			if (group.length < MOST_PROGRAMS && count >= MOST_PROGRAMS) continue;
			if (group.length < MOST_PROGRAMS) programs.set(section, count + 1);
			for (const [match, way] of group) chosen.set(match, way);
		}
	}
	return chosen;
}
