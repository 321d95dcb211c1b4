// Runs an example of the documentation as a reader would: until it ends by itself, or by a Ctrl-C some time after it has
// attached its probes.
import { spawn } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import {
	type FeatureName,
	makeFeatures,
} from "../../../runtime/features/features.ts";
import { providerNamed } from "../../../src/probes/index.ts";
import { kernel } from "./kernel.ts";

const ROOT = join(import.meta.dirname, "../../..");
const ATTACHED = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

const features = makeFeatures(kernel);

/** The feature that this kernel lacks and the probes of a script need, or that is asked for beside. */
export function lackingFor(
	script: string,
	needs: readonly string[] = [],
): string | undefined {
	// What has an alternative needs nothing.
	const providers = script.includes("??")
		? []
		: script.matchAll(/(?:^|[}\s'])([a-z]+):/g);
	const wanted = [...providers].flatMap(
		([, name = ""]) => providerNamed(name)?.needs ?? [],
	);
	return [...wanted, ...needs].find(
		(name) => !features.has(name as FeatureName),
	);
}

export interface Outcome {
	readonly code: number | null;
	readonly output: string;
	readonly errors: string;
}

/** `listenMs`: from attaching to the Ctrl-C. */
export function runExample(
	script: string,
	options: readonly string[] = [],
	listenMs = 3000,
): Promise<Outcome> {
	const mode = /^(test|bench):/.exec(script)?.[1];
	const words = [...options, ...(mode ? [`--${mode}`] : []), "-e", script];
	return runCommand([process.execPath, join(ROOT, "dist/kask.js"), ...words], {
		listenMs,
	});
}

/** A shell command with `kask` on the PATH, in a folder of its own. */
export function runShell(text: string, folder: string): Promise<Outcome> {
	const programs = join(folder, ".bin");
	mkdirSync(programs, { recursive: true });
	symlinkSync(join(ROOT, "bin/kask"), join(programs, "kask"));
	return runCommand(["sh", "-c", text], {
		cwd: folder,
		path: `${programs}:${process.env.PATH}`,
	});
}

function runCommand(
	[program = "", ...words]: readonly string[],
	how: {
		readonly listenMs?: number;
		readonly cwd?: string;
		readonly path?: string;
	},
): Promise<Outcome> {
	const notify = how.listenMs === undefined ? {} : { [ATTACHED]: "1" };
	const child = spawn(program, words, {
		env: {
			...process.env,
			...notify,
			PATH: how.path ?? process.env.PATH,
			NO_COLOR: "1",
			TZ: "UTC",
		},
		cwd: how.cwd,
		stdio: ["ignore", "pipe", "pipe"],
	});
	let output = "";
	let errors = "";
	let timer: NodeJS.Timeout | undefined;
	child.stderr.on("data", (chunk: Buffer) => {
		errors += chunk.toString("utf8");
	});
	child.stdout.on("data", (chunk: Buffer) => {
		output += chunk.toString("utf8");
		if (timer || !output.includes(ATTACHED)) return;
		timer = setTimeout(() => child.kill("SIGINT"), how.listenMs);
	});
	return new Promise((resolve) => {
		child.on("close", (code) => {
			clearTimeout(timer);
			resolve({
				code,
				output: output.replace(`${ATTACHED}\n`, ""),
				errors,
			});
		});
	});
}
