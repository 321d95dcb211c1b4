// C text as a tree of blocks, so that a line can still be put where it belongs after the lines around it are written.
import { cString } from "../base/c-text.ts";

/** Where in the script a line comes from. */
export interface Origin {
	readonly file: string;
	readonly line: number;
}

interface Line {
	readonly kind: "line";
	readonly text: string;
	readonly origin: Origin | undefined;
}

/** Here something computed once is used. Prints as nothing. */
interface Mark {
	readonly kind: "mark";
	readonly key: string;
}

export type Item = Line | Mark | Region;

/** Without a head it has no braces. Nothing may be put inside a `barrier` from without: loops, open ring-buffer records. */
export interface RegionOptions {
	readonly head?: string;
	/** A line that must stand right before the head. */
	readonly pragma?: string;
	readonly barrier?: boolean;
}

export class Region {
	readonly kind = "region";
	readonly items: Item[] = [];
	readonly head: string | undefined;
	readonly pragma: string | undefined;
	readonly barrier: boolean;
	readonly outer: Region | undefined;
	readonly origin: Origin | undefined;
	/** The `else` of an `if`. */
	otherwise: Region | undefined;

	constructor(
		outer: Region | undefined,
		origin: Origin | undefined,
		options: RegionOptions = {},
	) {
		this.outer = outer;
		this.origin = origin;
		this.head = options.head;
		this.pragma = options.pragma;
		this.barrier = options.barrier === true;
	}

	line(text: string, origin: Origin | undefined): void {
		this.items.push({ kind: "line", text, origin });
	}

	mark(key: string): void {
		this.items.push({ kind: "mark", key });
	}

	/** True when it would print nothing. */
	get empty(): boolean {
		return this.items.every((i) => i.kind === "mark");
	}
}

/**
 * Puts `lines` right before the first use of any of `keys`, in the innermost block that holds all uses and can be
 * reached without entering a barrier.
 */
export function placeBeforeUses(
	root: Region,
	keys: ReadonlySet<string>,
	lines: readonly string[],
): void {
	const home = homeOf(root, keys);
	const at = home.items.findIndex((item) => uses(item, keys));
	const origin =
		home.items.slice(at).find((i) => i.kind === "line")?.origin ?? home.origin;
	const items = lines.map((text): Line => ({ kind: "line", text, origin }));
	home.items.splice(Math.max(at, 0), 0, ...items);
}

function homeOf(region: Region, keys: ReadonlySet<string>): Region {
	const users = region.items.filter((item) => uses(item, keys));
	const [only] = users;
	if (users.length !== 1 || only?.kind !== "region" || only.barrier)
		return region;
	// Uses on both sides of an if and else have the block around them as their home.
	if (only.otherwise && uses(only.otherwise, keys)) {
		const both = only.items.some((item) => uses(item, keys));
		return both ? region : homeOf(only.otherwise, keys);
	}
	return homeOf(only, keys);
}

function uses(item: Item, keys: ReadonlySet<string>): boolean {
	if (item.kind === "mark") return keys.has(item.key);
	if (item.kind === "line") return false;
	return (
		item.items.some((inner) => uses(inner, keys)) ||
		(item.otherwise !== undefined && uses(item.otherwise, keys))
	);
}

/** Collects the text, and keeps clang told which line of the script it is reading. */
export class Printer {
	readonly lines: string[] = [];
	#file: string | undefined;
	#line: number | undefined;

	/** Every line of C that stands for script text names its line, so that the verifier's log quotes the right one. */
	line(depth: number, text: string, origin?: Origin): void {
		if (origin && (origin.file !== this.#file || origin.line !== this.#line)) {
			const file = origin.file === this.#file ? "" : ` ${cString(origin.file)}`;
			this.lines.push(`#line ${origin.line}${file}`);
			this.#file = origin.file;
			this.#line = origin.line;
		}
		this.lines.push(text === "" ? "" : "\t".repeat(depth) + text);
		if (this.#line !== undefined) this.#line++;
	}

	region(region: Region, depth: number): void {
		for (const item of region.items) {
			if (item.kind === "line") this.line(depth, item.text, item.origin);
			if (item.kind === "region") this.#inner(item, depth);
		}
	}

	#inner(region: Region, depth: number): void {
		if (region.head === undefined) {
			this.region(region, depth);
			return;
		}
		if (region.pragma !== undefined) this.line(0, region.pragma, region.origin);
		this.line(depth, `${region.head} {`.trimStart(), region.origin);
		this.region(region, depth + 1);
		if (region.otherwise) {
			this.line(depth, "} else {", region.origin);
			this.region(region.otherwise, depth + 1);
		}
		this.line(depth, "}", region.origin);
	}
}

/** Without the directives that only repeat the line before: for people to read. */
export function withoutRepeatedLines(c: string): string {
	let last = "";
	return c
		.split("\n")
		.filter((line) => {
			if (!line.startsWith("#line ")) return true;
			const number = line.split(" ", 2).join(" ");
			const repeated = number === last && !line.includes('"');
			last = number;
			return !repeated;
		})
		.join("\n");
}
