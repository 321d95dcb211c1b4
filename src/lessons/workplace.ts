// A folder in which a lesson's commands run, with the numbers drawn for this time, and what they wrote down.
import { spawnSync } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findDisk } from "./disk.ts";
import { type Facts, parseFacts } from "./facts.ts";
import type { Need, Stage } from "./schema.ts";

export interface Workplace {
	/** For `kask -c`: makes the event happen. undefined where the lesson has nothing to do. */
	readonly command: string | undefined;
	/** A path in the folder. */
	path(name: string): string;
	/** What was drawn, and what the command has written to $FACTS. */
	facts(): Facts;
	/** How the command ended; undefined while it has not. */
	outcome(): { readonly status: number; readonly errors: string } | undefined;
	close(): void;
}

/** What this machine lacks for the lesson. */
export function missingNeed(needs: readonly Need[]): Need | undefined {
	return needs.find((need) => need === "disk" && findDisk() === undefined);
}

const ATTEMPTS = 100;
const NAP_MS = 20;
const never = new Int32Array(new SharedArrayBuffer(4));

/** A program that is just ending may still make files there: then it is tried again. What can't be removed is left. */
export function removeFolder(path: string): void {
	for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
		try {
			rmSync(path, { recursive: true, force: true });
			return;
		} catch {
			Atomics.wait(never, 0, 0, NAP_MS);
		}
	}
}

/** Prepares; a text says why that failed. */
export function openWorkplace(
	stage: Stage,
	needs: readonly Need[],
): Workplace | string {
	const folder = mkdtempSync(join(tmpdir(), "kask-learn-"));
	const disk = needs.includes("disk") ? findDisk() : undefined;
	const onDisk = disk && mkdtempSync(join(disk, "kask-learn-"));
	const path = (name: string) => join(folder, name);
	const read = (name: string) => {
		try {
			return readFileSync(path(name), "utf8");
		} catch {
			return "";
		}
	};
	const drawn = draw(stage.numbers);
	const variables = {
		...Object.fromEntries(drawn),
		FACTS: path("facts"),
		...(onDisk === undefined ? {} : { DISK: onDisk }),
		LC_ALL: "C",
	};
	const close = () => {
		for (const place of [folder, onDisk])
			if (place !== undefined) removeFolder(place);
	};
	const failure = prepare(stage.prepare, folder, variables);
	if (failure !== undefined) {
		close();
		return failure;
	}
	if (stage.act !== undefined)
		writeFileSync(path("act.sh"), actText(stage.act, folder, variables));
	return {
		command: stage.act === undefined ? undefined : `sh ${path("act.sh")}`,
		path,
		facts: () => new Map([...drawn, ...parseFacts(read("facts"))]),
		outcome: () => {
			const status = read("act.status").trim();
			return status === ""
				? undefined
				: { status: Number(status), errors: read("act.errors").trim() };
		},
		close,
	};
}

/** Draws before the same number may come twice; ranges may leave no choice. */
const MOST_DRAWS = 50;

/** Numbers that differ, where they can: who counts the wrong thing shall not be right by chance. */
function draw(numbers: Stage["numbers"]): Facts {
	const drawn = new Map<string, string>();
	for (const [name, [low, high]] of Object.entries(numbers)) {
		let number = randomInt(low, high + 1);
		for (let i = 0; i < MOST_DRAWS; i++) {
			if (![...drawn.values()].includes(String(number))) break;
			number = randomInt(low, high + 1);
		}
		drawn.set(name, String(number));
	}
	return drawn;
}

function prepare(
	command: string,
	cwd: string,
	variables: Readonly<Record<string, string>>,
): string | undefined {
	const { status, stderr } = spawnSync("sh", ["-ec", command], {
		cwd,
		env: { ...process.env, ...variables },
		encoding: "utf8",
		stdio: ["ignore", "ignore", "pipe"],
	});
	return status === 0 ? undefined : stderr.trim() || `its preparation failed`;
}

/** What the commands print is not the script's output; how they end is kept. */
function actText(
	act: string,
	folder: string,
	variables: Readonly<Record<string, string>>,
): string {
	const settings = Object.entries(variables).map(
		([name, value]) => `export ${name}='${value}'`,
	);
	return [
		`cd '${folder}' || exit`,
		...settings,
		"(set -e",
		act,
		") >/dev/null 2>act.errors </dev/null",
		"echo $? >act.status",
		"",
	].join("\n");
}
