// Text in lines of a given width, and cells of text beside each other.

/** How a line of text is shown, and what it is worth in columns before that. */
export interface Cell {
	readonly text: string;
	readonly paint: (s: string) => string;
}

/** Columns that a text takes: tabs have been expanded, and all else counts one a character. */
function widthOf(text: string): number {
	return [...text].length;
}

/** Breaks at blanks, or where there is none; what follows the first line is indented by `hang` more than it. */
export function wrap(text: string, width: number, hang = 2): string[] {
	const expanded = text.replaceAll("\t", "  ").trimEnd();
	const indent = /^ */.exec(expanded)?.[0].length ?? 0;
	const lines: string[] = [];
	let rest = expanded;
	while (widthOf(rest) > width) {
		const letters = [...rest];
		const from = lines.length === 0 ? indent : indent + hang;
		const blank = letters.slice(0, width + 1).lastIndexOf(" ");
		const at = blank > from ? blank : width;
		lines.push(letters.slice(0, at).join("").trimEnd());
		const tail = letters.slice(at).join("").trimStart();
		rest = " ".repeat(Math.min(indent + hang, width >> 1)) + tail;
	}
	return [...lines, rest];
}

/** A paragraph, every line of it indented. */
export function paragraph(text: string, width: number, indent: number): string {
	const pad = " ".repeat(indent);
	return wrap(pad + text, width, 0)
		.map((line) => `${line}\n`)
		.join("");
}

/** Cells of one row beside each other, each a list of lines already wrapped to the width of its column. */
export function besides(
	row: readonly (readonly Cell[])[],
	widths: readonly number[],
): string {
	const height = Math.max(...row.map((cells) => cells.length));
	const lines: string[] = [];
	for (let i = 0; i < height; i++) {
		const parts = row.map((cells, column) => {
			const cell = cells[i];
			const width = widths[column] ?? 0;
			const pad = " ".repeat(Math.max(0, width - widthOf(cell?.text ?? "")));
			return `${cell ? cell.paint(cell.text) : ""}${pad}`;
		});
		lines.push(`${parts.join(" │ ").trimEnd()}\n`);
	}
	return lines.join("");
}

export function cells(
	texts: readonly string[],
	width: number,
	paint: (s: string) => string,
): Cell[] {
	return texts
		.flatMap((text) => wrap(text, width))
		.map((text) => ({ text, paint }));
}
