// Colours of an explanation in the terminal; identity functions where there are to be none.

export type Paint = Readonly<
	Record<"title" | "script" | "code" | "known" | "dim", (s: string) => string>
>;

const wrapped =
	(code: string) =>
	(s: string): string =>
		s === "" ? s : `\x1b[${code}m${s}\x1b[0m`;

export const colorPaint: Paint = {
	title: wrapped("1"),
	script: wrapped("36"),
	code: wrapped("33"),
	known: wrapped("32"),
	dim: wrapped("2"),
};

const plain = (s: string): string => s;

export const plainPaint: Paint = {
	title: plain,
	script: plain,
	code: plain,
	known: plain,
	dim: plain,
};
