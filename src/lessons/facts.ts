// What really happened: numbers that were drawn, and what the lesson's command wrote down. `$name` in a lesson.

export type Facts = ReadonlyMap<string, string>;

/** The text with the facts put in; what names no fact (a regular expression's end) stays as it is. */
export function fillIn(text: string, facts: Facts): string {
	return text.replace(
		/\$(?:\{(\w+)\}|(\w+))/g,
		(whole, braced, bare) => facts.get(braced ?? bare) ?? whole,
	);
}

/** NaN where the text is no number with the facts put in. */
export function toNumber(amount: number | string, facts: Facts): number {
	if (typeof amount === "number") return amount;
	const text = fillIn(amount, facts).trim();
	return text === "" ? Number.NaN : Number(text);
}

/** Words `name=value`, as the lesson's command wrote them. */
export function parseFacts(text: string): Facts {
	const pairs = text.matchAll(/(?<=^|\s)(\w+)=(\S*)/g);
	return new Map([...pairs].map(([, name = "", value = ""]) => [name, value]));
}
