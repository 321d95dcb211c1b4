// The tracepoints that tracefs lists, and the fields it describes. Categories are read as they are asked for.
import { accessSync, constants, readdirSync, readFileSync } from "node:fs";
import { readTracepointFormat } from "../../src/types/tracepoint-format.ts";
import type { TypeSource } from "../../src/types/type-source.ts";
import type { StructBody } from "../../src/types/types.ts";

export interface Tracepoints {
	/** Only root may. */
	canBeRead(): boolean;
	/** Categories, sorted; undefined where they can't be read. */
	categories(): readonly string[] | undefined;
	/** Events of a category, sorted; none for an unknown category. */
	events(category: string): readonly string[];
	/** Fields of `args`; undefined for an unknown event. */
	format(
		category: string,
		event: string,
		types: TypeSource | undefined,
	): StructBody | undefined;
	/** Fields as the kernel's C declares them, without those that all events have. */
	declarations(category: string, event: string): readonly string[];
	/** The event's number, as perf_event_open takes it. */
	id(category: string, event: string): number | undefined;
}

/** Tracepoints of the tracefs mounted at `path` (see `ensureTracefs`). */
export function tracepointsAt(path: string): Tracepoints {
	const listed = new Map<string, readonly string[] | undefined>();
	const list = (directory: string): readonly string[] | undefined => {
		if (!listed.has(directory)) listed.set(directory, directories(directory));
		return listed.get(directory);
	};
	const file = (category: string, event: string, name: string) =>
		isName(category) && isName(event)
			? readText(`${path}/events/${category}/${event}/${name}`)
			: undefined;
	return {
		canBeRead: () => isReadable(`${path}/events`),
		categories: () => list(`${path}/events`),
		events: (category) =>
			(isName(category) ? list(`${path}/events/${category}`) : undefined) ?? [],
		format(category, event, types) {
			const text = file(category, event, "format");
			return text === undefined
				? undefined
				: readTracepointFormat(category, event, text, types);
		},
		declarations: (category, event) =>
			fieldDeclarations(file(category, event, "format") ?? ""),
		id(category, event) {
			const text = file(category, event, "id");
			return text === undefined ? undefined : Number(text);
		},
	};
}

function isReadable(path: string): boolean {
	try {
		accessSync(path, constants.R_OK);
		return true;
	} catch {
		return false;
	}
}

/** Names come from scripts, so they must not lead out of the directory. */
function isName(name: string): boolean {
	return name !== "" && name !== "." && name !== ".." && !name.includes("/");
}

function directories(path: string): readonly string[] | undefined {
	try {
		return readdirSync(path, { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map((entry) => entry.name)
			.sort();
	} catch {
		return undefined;
	}
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}

/** An empty line divides the fields that all events have from those of this one. */
function fieldDeclarations(format: string): readonly string[] {
	const own = format.split("\n\n").slice(1).join("\n");
	return [...own.matchAll(/^\s*field:(.*?);/gm)].map((m) => m[1] ?? "");
}
