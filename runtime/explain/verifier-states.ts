// The verifier's log at level 2, instruction by instruction: what it knew after each, on every path by which it came.
// The same shape since Linux 5.18: `11: (85) call bpf_map_update_elem#2 ; R0=scalar()`.
import {
	type MapName,
	registerWords,
	slotWords,
	splitOutside,
} from "./state-words.ts";

export interface VerifierStates {
	readonly byInstruction: ReadonlyMap<number, InstructionStates>;
	/** undefined where the log has not come to its end. */
	readonly totals: VerifierTotals | undefined;
}

export interface InstructionStates {
	/** `r0: any number`; what is known on some paths alone says so. */
	readonly known: readonly string[];
	readonly visits: number;
}

export interface VerifierTotals {
	readonly checked: number;
	readonly limit: number;
	readonly states: number;
	/** Bytes, of each function. */
	readonly stack: readonly number[];
	readonly microseconds: number | undefined;
}

/** What is known, by the name of a register or of bytes of the stack; frames of functions that were called apart. */
type Knowledge = Map<string, string>;

interface Visited {
	visits: number;
	/** By name, what was learnt there, in the order of the paths. */
	readonly learnt: Map<string, Set<string>>;
}

interface Walk {
	readonly mapName: MapName;
	readonly visited: Map<number, Visited>;
	/** As it was before each jump when it was last checked. */
	readonly before: Map<number, Knowledge>;
	now: Knowledge;
	/** The instruction that was checked last on this path. */
	last: Visited | undefined;
}

const instructionLine = /^(\d+): \([0-9a-f]{2}\) (?:.*?\S)(?:\s+; (.*))?$/;
const pathLine = /^from (\d+) to (\d+)(?: \([^)]*\))?: ?(.*)$/;
const stateLine = /^(\d+:)? ?((?:frame\d+: )?(?:R\d|fp-).*)$/;

export function readVerifierStates(
	log: string,
	mapName: MapName,
): VerifierStates {
	const visited = new Map<number, Visited>();
	const walk: Walk = {
		mapName,
		visited,
		before: new Map(),
		now: new Map(),
		last: undefined,
	};
	for (const line of log.split("\n")) readLine(line.trimEnd(), walk);
	const told = [...visited].map(
		([index, { visits, learnt }]) =>
			[index, { visits, known: [...learnt].map(sentence) }] as const,
	);
	return { byInstruction: new Map(told), totals: readTotals(log) };
}

function readLine(line: string, walk: Walk): void {
	const instruction = instructionLine.exec(line);
	if (instruction) {
		const index = Number(instruction[1]);
		const at = visit(walk, index);
		at.visits++;
		// Only jumps teach something on the way to elsewhere; what a function returns to is another frame.
		if (/\) if /.test(line)) walk.before.set(index, new Map(walk.now));
		learn(walk, at, readKnowledge(instruction[2] ?? "", walk.mapName));
		walk.last = at;
		return;
	}
	const path = pathLine.exec(line);
	if (path) {
		const known = readKnowledge(path[3] ?? "", walk.mapName);
		const from = Number(path[1]);
		// What the jump itself has told; all else was known before.
		const old = walk.before.get(from) ?? new Map<string, string>();
		const at = visit(walk, Number(path[2]));
		for (const [name, words] of known)
			if (old.has(name) && old.get(name) !== words)
				note(at, name, `${words} (coming from ${from})`);
		walk.now = known;
		walk.last = undefined;
		return;
	}
	const state = stateLine.exec(line);
	if (!state) return;
	const known = readKnowledge(state[2] ?? "", walk.mapName);
	// Where other words came between, what an instruction has taught stands before the next one.
	if (state[1] !== undefined && walk.last) learn(walk, walk.last, known);
	walk.now = known;
}

function visit({ visited }: Walk, index: number): Visited {
	const at = visited.get(index) ?? { visits: 0, learnt: new Map() };
	visited.set(index, at);
	return at;
}

function learn(walk: Walk, at: Visited, known: Knowledge): void {
	for (const [name, words] of known) {
		if (walk.now.get(name) !== words) note(at, name, words);
		walk.now.set(name, words);
	}
}

function note({ learnt }: Visited, name: string, words: string): void {
	const before = learnt.get(name) ?? new Set();
	learnt.set(name, before.add(words));
}

/** Of the paths that differ, so many are told. */
const TOLD_PATHS = 3;

function sentence([name, words]: [string, ReadonlySet<string>]): string {
	// A path that knows no more than the others need not be named.
	const all = [...words].filter((one) => {
		const bare = one.replace(/ \(coming from \d+\)$/, "");
		return bare === one || !words.has(bare);
	});
	const told = all.slice(0, TOLD_PATHS);
	const left = all.length - told.length;
	const more = left > 0 ? `; or one of ${left} more` : "";
	return `${name}: ${told.join("; or ")}${more}`;
}

/** `frame1: R0=scalar() R10=fp0 fp-8=mmmm????`. The top of the stack is always known. */
function readKnowledge(text: string, mapName: MapName): Knowledge {
	const found: Knowledge = new Map();
	for (const token of splitOutside(text.replace(/^frame\d+: /, ""), " ")) {
		const [, name, value] =
			/^(R\d+|fp-\d+)(?:_[rwD]+)?=(.+)$/.exec(token) ?? [];
		if (name === undefined || value === undefined || name === "R10") continue;
		if (name.startsWith("R"))
			found.set(name.toLowerCase(), registerWords(value, mapName));
		else
			for (const [bytes, words] of slotWords(name, value, mapName))
				found.set(bytes, words);
	}
	return found;
}

function readTotals(log: string): VerifierTotals | undefined {
	const processed =
		/^processed (\d+) insns \(limit (\d+)\).* total_states (\d+)/m.exec(log);
	if (!processed) return undefined;
	const [, checked, limit, states] = processed;
	const stack = /^stack depth ([\d+]+)/m.exec(log)?.[1];
	const time = /^verification time (\d+) usec/m.exec(log)?.[1];
	return {
		checked: Number(checked),
		limit: Number(limit),
		states: Number(states),
		stack: stack === undefined ? [] : stack.split("+").map(Number),
		microseconds: time === undefined ? undefined : Number(time),
	};
}
