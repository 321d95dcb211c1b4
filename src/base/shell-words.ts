/** Words as one types them into a shell; those with blanks or signs of the shell's stand in quotes. */
export function shellWords(words: readonly string[]): string {
	const quoted = (word: string) => `'${word.replaceAll("'", "'\\''")}'`;
	return words.map((w) => (/^[\w./:=-]+$/.test(w) ? w : quoted(w))).join(" ");
}
