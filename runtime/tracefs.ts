// tracefs: where the kernel lists its tracepoints and describes their fields. Found, or mounted when nobody has.
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { readTracepointFormat } from "../src/types/tracepoint-format.ts";
import type { TypeSource } from "../src/types/type-source.ts";
import type { StructBody } from "../src/types/types.ts";

export interface Tracefs {
	/** The mount point. */
	readonly path: string;
	/** Categories, sorted. */
	categories(): readonly string[];
	/** Events of a category, sorted; none for an unknown category. */
	events(category: string): readonly string[];
	/** Fields of `args`; undefined for an unknown event. */
	format(
		category: string,
		event: string,
		types: TypeSource | undefined,
	): StructBody | undefined;
	/** The event's number, as perf_event_open takes it. */
	id(category: string, event: string): number | undefined;
}

/** `absent`: not mounted, and could not be. `denied`: mounted, but this user may not read it. */
export type TracefsResult =
	| { readonly ok: true; readonly value: Tracefs }
	| {
			readonly ok: false;
			readonly problem: "absent" | "denied";
			readonly path: string;
			readonly detail: string;
	  };

const mountPoint = "/sys/kernel/tracing";
const oldMountPoint = "/sys/kernel/debug/tracing";

/** Finds tracefs; as root, mounts it where the kernel expects it. */
export function openTracefs(): TracefsResult {
	for (const path of [mountPoint, oldMountPoint]) {
		const found = tryPath(path);
		if (found) return found;
	}
	const detail = mountTracefs();
	return (
		tryPath(mountPoint) ?? {
			ok: false,
			problem: "absent",
			path: mountPoint,
			detail,
		}
	);
}

/** undefined when tracefs is not there; a directory that is there but closed is an answer too. */
function tryPath(path: string): TracefsResult | undefined {
	try {
		readdirSync(`${path}/events`);
		return { ok: true, value: tracefsAt(path) };
	} catch (error) {
		const code = error instanceof Error && "code" in error ? error.code : "";
		if (code !== "EACCES" && code !== "EPERM") return undefined;
		const detail = error instanceof Error ? error.message : "";
		return { ok: false, problem: "denied", path, detail };
	}
}

/** Returns why it did not work, or "". */
function mountTracefs(): string {
	if (process.getuid?.() !== 0) return "only root can mount it";
	if (!existsSync(mountPoint)) return "this kernel has no tracefs";
	const run = spawnSync("mount", ["-t", "tracefs", "tracefs", mountPoint], {
		encoding: "utf8",
	});
	return run.error?.message ?? run.stderr.trim();
}

/** tracefs at a given mount point. */
export function tracefsAt(path: string): Tracefs {
	const listed = new Map<string, readonly string[]>();
	const list = (directory: string): readonly string[] => {
		let names = listed.get(directory);
		if (names === undefined) {
			names = directories(directory);
			listed.set(directory, names);
		}
		return names;
	};
	const file = (category: string, event: string, name: string) =>
		isName(category) && isName(event)
			? readText(`${path}/events/${category}/${event}/${name}`)
			: undefined;
	return {
		path,
		categories: () => list(`${path}/events`),
		events: (category) =>
			isName(category) ? list(`${path}/events/${category}`) : [],
		format(category, event, types) {
			const text = file(category, event, "format");
			return text === undefined
				? undefined
				: readTracepointFormat(category, event, text, types);
		},
		id(category, event) {
			const text = file(category, event, "id");
			return text === undefined ? undefined : Number(text);
		},
	};
}

/** Names come from scripts, so they must not lead out of the directory. */
function isName(name: string): boolean {
	return name !== "" && name !== "." && name !== ".." && !name.includes("/");
}

function directories(path: string): readonly string[] {
	try {
		return readdirSync(path, { withFileTypes: true })
			.filter((entry) => entry.isDirectory())
			.map((entry) => entry.name)
			.sort();
	} catch {
		return [];
	}
}

function readText(path: string): string | undefined {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return undefined;
	}
}
