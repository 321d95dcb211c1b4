// Numbers as C pointers and back. A number that only just came from a pointer goes back without a second cast.

/** `text`, a u64, as something a helper takes for a pointer. */
export function pointerTo(text: string): string {
	const cast = /^\(\(u64\)(.+)\)$/.exec(text)?.[1];
	if (cast !== undefined && isSimple(cast)) return cast;
	if (text.startsWith("&") || /^\(?(ctx|captured->ctx|scratch\d*)\b/.test(text))
		return text;
	return `(void *)${text}`;
}

/** A name, a member, or something in one pair of parentheses. */
function isSimple(text: string): boolean {
	if (/^&?[\w>.-]+$/.test(text)) return true;
	return /^&?\([^()]*(\([^()]*(\([^()]*\)[^()]*)*\)[^()]*)*\)(->[\w.[\]]+)?$/.test(
		text,
	);
}
