// clang's error messages as data.

export interface ClangMessage {
	readonly file: string;
	readonly line: number;
	readonly column: number;
	readonly text: string;
	/** Includes that led to the place, outermost first. */
	readonly includedFrom: readonly {
		readonly file: string;
		readonly line: number;
	}[];
}

const includedFrom = /^(?:In file included|\s+) from (.*):(\d+)[:,]$/;
const message = /^(.*?):(\d+):(\d+): (?:fatal )?error: (.*)$/;

/** Errors of clang's stderr; warnings and notes are left out. */
export function readClangMessages(stderr: string): ClangMessage[] {
	const out: ClangMessage[] = [];
	let includes: { file: string; line: number }[] = [];
	for (const line of stderr.split("\n")) {
		const from = includedFrom.exec(line);
		if (from) {
			// Listed from the outermost file on.
			includes.push({ file: from[1] ?? "", line: Number(from[2]) });
			continue;
		}
		const error = message.exec(line);
		if (error) {
			const [, file = "", at, column, text = ""] = error;
			out.push({
				file,
				line: Number(at),
				column: Number(column),
				text,
				includedFrom: includes,
			});
		}
		includes = [];
	}
	return out;
}
