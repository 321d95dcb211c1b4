// The prose of an Explanation, the same in the terminal and on a page: sections of items, each with its sentences.
import { bytes } from "./describe-maps.ts";
import type {
	BuiltinExplanation,
	Explanation,
	MapExplanation,
	Missing,
	ProbeExplanation,
} from "./explanation.ts";
import { counted, rateWords } from "./words.ts";

export interface Passage {
	readonly title: string;
	readonly items: readonly Item[];
}

export interface Item {
	readonly name: string;
	/** Stands behind the name. */
	readonly note: string;
	readonly sentences: readonly string[];
}

/** `head` comes before the code, `tail` after it. */
export interface Passages {
	readonly head: readonly Passage[];
	readonly tail: readonly Passage[];
}

export function passages(explanation: Explanation): Passages {
	const { probes, builtins, maps, missing } = explanation;
	return {
		head: [
			{ title: "Probes", items: probes.map(probeItem) },
			{ title: "Builtins", items: builtins.map(builtinItem) },
			{ title: "Maps", items: maps.map(mapItem) },
		],
		tail: [{ title: "What is missing", items: missing.map(missingItem) }],
	};
}

function said(sentences: readonly (string | undefined)[]): string[] {
	return sentences.filter((one) => one !== undefined);
}

function onLines(lines: readonly number[]): string {
	return `line${lines.length === 1 ? "" : "s"} ${lines.join(", ")}`;
}

function probeItem(p: ProbeExplanation): Item {
	const more = p.placeCount > p.places.length ? " …" : "";
	const places = `${p.placeCount} places: ${p.places.join(", ")}${more}`;
	return {
		name: p.probe,
		note: onLines([p.line]),
		sentences: said([
			p.what,
			`Fires ${p.fires}.`,
			p.place && `Here: ${p.place}.`,
			`Attached ${p.attached}.`,
			p.placeCount > 1 ? places : undefined,
			p.rate && `On this machine: ${rateWords(p.rate)}.`,
		]),
	};
}

function builtinItem(b: BuiltinExplanation): Item {
	const lost = b.lost && `May be lost: ${b.lost}.`;
	return {
		name: b.name,
		note: onLines(b.lines),
		sentences: said([b.what, `Runs ${b.runs}.`, lost]),
	};
}

function mapItem(m: MapExplanation): Item {
	const how = m.measured ? "as the kernel tells" : "about";
	const entries = m.entries > 0 ? `${counted(m.entries, "element")}, ` : "";
	return {
		name: m.name,
		note: m.what,
		sentences: said([
			`Made of ${m.made} (${m.type}).`,
			m.key && `Key: ${m.key}.`,
			`Value: ${m.value}.`,
			`Memory: ${entries}${how} ${bytes(m.bytes)} from the start.`,
			`When it is full: ${m.whenFull}.`,
		]),
	};
}

function missingItem({ what, why, help }: Missing): Item {
	return {
		name: what,
		note: "",
		sentences: said([`${why}.`, help && `${help}.`]),
	};
}
