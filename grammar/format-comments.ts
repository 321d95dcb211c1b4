// Hands out the comments of a script in their order, while the formatter goes through it from start to end.
import type { Comment, Script } from "./ast.ts";

export interface CommentQueue {
	/** The text of the script. */
	readonly text: string;
	/** Takes the comments that begin before `offset`. */
	readonly before: (offset: number) => readonly Comment[];
	/** Takes the comments that stand after `offset` on the same line, with only marks in between. */
	readonly sameLine: (offset: number) => readonly Comment[];
}

export function commentQueue(script: Script): CommentQueue {
	const { text } = script.span.source;
	let next = 0;
	const before = (offset: number): readonly Comment[] => {
		const from = next;
		while (
			(script.comments[next]?.span.start ?? Number.POSITIVE_INFINITY) < offset
		)
			next++;
		return script.comments.slice(from, next);
	};
	const sameLine = (offset: number): readonly Comment[] => {
		const taken: Comment[] = [];
		let from = offset;
		for (;;) {
			const comment = script.comments[next];
			if (comment === undefined) return taken;
			if (!/^[ \t;,]*$/.test(text.slice(from, comment.span.start)))
				return taken;
			taken.push(comment);
			next++;
			from = comment.span.end;
		}
	};
	return { text, before, sameLine };
}

/** A comment at an indentation; the lines of a boxed comment are lined up under their first star. */
export function commentLines(comment: Comment, indent: string): string {
	const lines = comment.text.split("\n").map((line) => line.trimEnd());
	const boxed = lines.slice(1).every((line) => /^\s*\*/.test(line));
	if (!boxed) return indent + lines.join("\n");
	return lines
		.map((line, i) => (i === 0 ? indent + line : `${indent} ${line.trim()}`))
		.join("\n");
}

/** Comments put behind a line of code. What follows a `//` comment needs a line of its own. */
export function behind(
	line: string,
	comments: readonly Comment[],
	indent: string,
): string {
	let result = line;
	let open = false;
	for (const comment of comments) {
		result += open ? `\n${commentLines(comment, indent)}` : ` ${comment.text}`;
		open = comment.text.startsWith("//") || comment.text.includes("\n");
	}
	return result;
}
