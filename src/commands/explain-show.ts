// Shows an explanation where it is wanted: as data, on a page, or in the terminal, through a pager where it is long.
import type { Diagnostics } from "../base/diagnostics.ts";
import type { Explanation } from "../explain/explanation.ts";
import { renderHtml } from "../explain/html/render-html.ts";
import { colorPaint, plainPaint } from "../explain/text/paint.ts";
import { renderText } from "../explain/text/render-text.ts";
import type { Options } from "./options.ts";
import { page } from "./pager.ts";
import { isTerminal, printOut } from "./stdio.ts";
import { writeOutputFile } from "./write-file.ts";

/** Where nobody says how wide the terminal is. */
const usualWidth = 100;
/** Narrower than this nothing can be read. */
const leastWidth = 40;

export function showExplanation(
	explanation: Explanation,
	options: Options,
	diagnostics: Diagnostics,
): void {
	if (options.html !== undefined) {
		writePage(explanation, options.html, diagnostics);
		return;
	}
	if (options.format === "json") {
		printOut(`${JSON.stringify(explanation, undefined, 2)}\n`);
		return;
	}
	const seen = isTerminal(1);
	const colored = seen && process.env.NO_COLOR === undefined;
	const asked = Number(process.env.COLUMNS);
	const width = asked || (seen ? process.stdout.columns : 0) || usualWidth;
	const text = renderText(explanation, {
		width: Math.max(width, leastWidth),
		paint: colored ? colorPaint : plainPaint,
	});
	const rows = seen && options.pager ? process.stdout.rows : 0;
	const isLong = rows > 0 && text.split("\n").length > rows;
	if (!isLong || !page(text)) printOut(text);
}

function writePage(
	explanation: Explanation,
	path: string,
	diagnostics: Diagnostics,
): void {
	const text = renderHtml(explanation);
	if (path === "-") {
		printOut(text);
		return;
	}
	writeOutputFile(path, text, diagnostics);
}
