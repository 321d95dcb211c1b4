// How help texts are laid out.

/** Columns. */
export const width = 96;

/** Long text in lines of at most `width` columns, all but the first indented. */
export function filled(text: string, indent = 0): string {
	const lines = [""];
	for (const word of text.split(" ")) {
		const line = lines.at(-1) ?? "";
		if (line !== "" && line.length + word.length + indent >= width)
			lines.push(word);
		else lines[lines.length - 1] = line === "" ? word : `${line} ${word}`;
	}
	return lines.join(`\n${" ".repeat(indent)}`);
}

export function indented(text: string): string {
	return `    ${text.replaceAll("\n", "\n    ")}`;
}
