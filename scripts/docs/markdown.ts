// What the pages made from definitions share.

/** A block of code; the tests run those marked `bt`. */
export function codeBlock(text: string, language = ""): string {
	return `\`\`\`${language}\n${text.trimEnd()}\n\`\`\``;
}

/** Where a heading is found by a link. */
export function anchorOf(heading: string): string {
	return heading
		.toLowerCase()
		.replace(/[^\w\s-]/g, "")
		.replace(/\s/g, "-");
}

export function linkTo(heading: string): string {
	return `[${heading}](#${anchorOf(heading)})`;
}
