// An Explanation as text for the terminal: probes, builtins, maps, then the code.
import { bytes } from "../describe-maps.ts";
import type {
	BuiltinExplanation,
	Explanation,
	MapExplanation,
	ProbeExplanation,
	ProgramExplanation,
} from "../explanation.ts";
import { rateWords, verifiedWords } from "../words.ts";
import { paragraph } from "./columns.ts";
import type { Paint } from "./paint.ts";
import { renderCode } from "./render-code.ts";

export interface Look {
	/** Columns of the terminal. */
	readonly width: number;
	readonly paint: Paint;
}

/** Prose is hard to read in longer lines. */
const longestProse = 100;

export function renderText(explanation: Explanation, look: Look): string {
	const { probes, builtins, maps, programs, missing } = explanation;
	const prose = { ...look, width: Math.min(look.width, longestProse) };
	const parts = [
		section("Probes", probes, probeText, prose),
		section("Builtins", builtins, builtinText, prose),
		section("Maps", maps, mapText, prose),
		...programs.map((p) => programText(explanation, p, look)),
		section("What is missing", missing, missingText, prose),
	];
	return parts.filter((part) => part !== "").join("\n");
}

function section<T>(
	title: string,
	items: readonly T[],
	write: (item: T, look: Look) => string,
	look: Look,
): string {
	if (items.length === 0) return "";
	const texts = items.map((item) => write(item, look));
	return `${look.paint.title(title)}\n${texts.join("\n")}`;
}

function headed(
	name: string,
	note: string,
	sentences: readonly (string | undefined)[],
	{ width, paint }: Look,
): string {
	const body = sentences
		.filter((sentence) => sentence !== undefined)
		.map((sentence) => paragraph(sentence, width, 4));
	return `  ${paint.script(name)}${paint.dim(note)}\n${body.join("")}`;
}

function onLines(lines: readonly number[]): string {
	return `  line${lines.length === 1 ? "" : "s"} ${lines.join(", ")}`;
}

function probeText(p: ProbeExplanation, look: Look): string {
	const more = p.placeCount > p.places.length ? " …" : "";
	const places =
		p.placeCount > 1
			? `${p.placeCount} places: ${p.places.join(", ")}${more}`
			: undefined;
	return headed(
		p.probe,
		onLines([p.line]),
		[
			p.what,
			`Fires ${p.fires}.`,
			p.place && `Here: ${p.place}.`,
			`Attached ${p.attached}.`,
			places,
			p.rate && `On this machine: ${rateWords(p.rate)}.`,
		],
		look,
	);
}

function builtinText(b: BuiltinExplanation, look: Look): string {
	return headed(
		b.name,
		onLines(b.lines),
		[b.what, `Runs ${b.runs}.`, b.lost && `May be lost: ${b.lost}.`],
		look,
	);
}

function mapText(m: MapExplanation, look: Look): string {
	const how = m.measured ? "as the kernel tells" : "about";
	const entries = m.entries > 0 ? `${m.entries} entries, ` : "";
	return headed(
		m.name,
		`  ${m.what}`,
		[
			`Made of ${m.made} (${m.type}).`,
			m.key && `Key: ${m.key}.`,
			`Value: ${m.value}.`,
			`Memory: ${entries}${how} ${bytes(m.bytes)} from the start.`,
			`When it is full: ${m.whenFull}.`,
		],
		look,
	);
}

function missingText(
	{ what, why, help }: Explanation["missing"][number],
	look: Look,
): string {
	return headed(what, "", [`${why}.`, help && `${help}.`], look);
}

function programText(
	explanation: Explanation,
	program: ProgramExplanation,
	look: Look,
): string {
	const { paint } = look;
	const width = Math.min(look.width, longestProse);
	const facts = verifiedWords(program)
		.map((words) => paragraph(words, width, 2))
		.join("");
	const title = `Code of ${program.probe}`;
	const note = `  line ${program.line}, ${program.section}`;
	return `${paint.title(title)}${paint.dim(note)}\n${facts}\n${renderCode(explanation, program, look)}`;
}
