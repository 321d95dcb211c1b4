// How far the learner has come, in a file of the user's state; and where their scripts are kept.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join } from "node:path";
import { z } from "zod";
import type { Diagnostics } from "../base/diagnostics.ts";

const progressSchema = z.object({
	/** The lesson that is next, by its folder's name. */
	at: z.string().optional(),
	done: z.array(z.string()).default([]),
});

export type Progress = Readonly<z.infer<typeof progressSchema>>;

function stateFolder(): string {
	const state =
		process.env.XDG_STATE_HOME ?? join(homedir(), ".local", "state");
	return join(state, "kask");
}

/** The learner's script for a lesson, as their editor writes it. */
export function answerPath(lesson: string): string {
	return join(stateFolder(), "lessons", `${lesson}.bt`);
}

/** A file that is missing or spoilt means: from the beginning. */
export function readProgress(): Progress {
	try {
		const text = readFileSync(join(stateFolder(), "learn.json"), "utf8");
		return progressSchema.parse(JSON.parse(text));
	} catch {
		return { done: [] };
	}
}

/** Where it can't be kept, that is said, and learning goes on. */
export function keepProgress(
	progress: Progress,
	diagnostics: Diagnostics,
): void {
	const path = join(stateFolder(), "learn.json");
	try {
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, `${JSON.stringify(progress)}\n`);
	} catch (error) {
		const why = error instanceof Error ? error.message : String(error);
		diagnostics.report("W0841", { why });
	}
}

export function forgetProgress(): void {
	rmSync(join(stateFolder(), "learn.json"), { force: true });
}

export function withDone(progress: Progress, name: string): Progress {
	return { ...progress, done: [...new Set([...progress.done, name])] };
}
