// Runs one case: a folder of its own, kask in it, the command meanwhile, and the verdict.
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { removeFolder } from "../../src/lessons/workplace.ts";
import type { TestCase } from "./case-file.ts";
import { judge, type Observed } from "./judge.ts";
import { type Started, startShell } from "./process.ts";

/** What all cases of a run share. */
export interface Settings {
	/** The words that start kask. */
	readonly kask: readonly string[];
	/** Time-outs are multiplied by this: an emulated machine is slow. */
	readonly scale: number;
	/** A folder on a block device, for $DISK. */
	readonly disk: string | undefined;
	/** Where kask keeps its compiled programs during the run. */
	readonly cache: string;
}

export interface CaseRun extends Observed {
	readonly complaints: readonly string[];
}

/** bpftrace's word, so that scripts which drive bpftrace drive kask as well. */
export const ATTACHED_WORD = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";

/** Programs that several cases run. */
const support = join(import.meta.dirname, "../kernel/support");

interface Place {
	readonly folder: string;
	readonly env: NodeJS.ProcessEnv;
}

function makeEnvironment(
	test: TestCase,
	settings: Settings,
	folder: string,
): NodeJS.ProcessEnv {
	const own = Object.entries(process.env).filter(
		([name]) => !/^(KASK|BPFTRACE|npm)_/.test(name),
	);
	return {
		...Object.fromEntries(own),
		NO_COLOR: "1",
		TZ: "UTC",
		XDG_CACHE_HOME: settings.cache,
		XDG_STATE_HOME: folder,
		CASE: folder,
		KASK: settings.kask.join(" "),
		SUPPORT: support,
		...(settings.disk === undefined ? {} : { DISK: settings.disk }),
		...test.env,
	};
}

/** Waits for the end of a process; kills it when the time is up. Undefined then. */
async function endWithin(
	started: Started,
	seconds: number,
): Promise<number | undefined> {
	let timer: NodeJS.Timeout | undefined;
	const late = new Promise<undefined>((resolve) => {
		timer = setTimeout(() => {
			started.endGroup();
			resolve(undefined);
		}, seconds * 1000);
	});
	const code = await Promise.race([started.ended, late]);
	clearTimeout(timer);
	return code;
}

/** Resolves when kask says that its probes are attached; false when it ended before. */
function whenAttached(kask: Started): Promise<boolean> {
	return new Promise((resolve) => {
		kask.onStdout((text) => {
			if (text.includes(ATTACHED_WORD)) resolve(true);
		});
		kask.ended.then(() => resolve(false));
	});
}

function startKask(test: TestCase, settings: Settings, place: Place): Started {
	const words = [test.script ?? "", ...settings.kask];
	const script = test.script === undefined ? "" : ' -e "$script"';
	return startShell(
		`script=$1; shift; exec "$@" ${test.args}${script}`,
		words,
		{
			folder: place.folder,
			env: { ...place.env, [ATTACHED_WORD]: "1" },
			stdin: test.stdin,
		},
	);
}

/** Runs the `while` command once the probes are attached, then asks kask to end. */
async function runMeanwhile(
	test: TestCase,
	kask: Started,
	place: Place,
	seconds: number,
): Promise<string[]> {
	if (test.during === undefined) return [];
	if (!(await whenAttached(kask))) {
		return ["kask ended before its probes were attached"];
	}
	const env = { ...place.env, KASK_PID: String(kask.pid) };
	const command = startShell(test.during, [], {
		folder: place.folder,
		env,
		stdin: "",
	});
	const code = await endWithin(command, seconds);
	command.endGroup();
	kask.signal(test.stop);
	if (code === 0) return [];
	const how = code === undefined ? "did not end" : `failed (${code})`;
	return [`the while command ${how}: ${command.stderr().trim()}`];
}

async function observe(
	test: TestCase,
	settings: Settings,
	place: Place,
): Promise<CaseRun> {
	const seconds = test.timeoutSeconds * settings.scale;
	const kask = startKask(test, settings, place);
	const [code, complaints] = await Promise.all([
		endWithin(kask, seconds),
		runMeanwhile(test, kask, place, seconds),
	]);
	kask.endGroup();
	const seen: Observed = {
		stdout: kask
			.stdout()
			.replaceAll(new RegExp(`${ATTACHED_WORD}\n?`, "g"), ""),
		stderr: kask.stderr(),
		exit: code ?? -1,
	};
	const verdict =
		code === undefined ? [`no end within ${seconds} s`] : judge(test, seen);
	return { ...seen, complaints: [...complaints, ...verdict] };
}

async function prepare(
	test: TestCase,
	place: Place,
	seconds: number,
): Promise<string[]> {
	for (const file of test.files) {
		const path = join(place.folder, file.name);
		mkdirSync(dirname(path), { recursive: true });
		writeFileSync(path, file.text, { mode: 0o755 });
	}
	if (test.prepare === undefined) return [];
	const started = startShell(test.prepare, [], { ...place, stdin: "" });
	const code = await endWithin(started, seconds);
	return code === 0 ? [] : [`prepare failed: ${started.stderr().trim()}`];
}

/** What to say of a target that has failed by the time it is asked: one that never ran makes nothing happen. */
function failureOf(target: Started): () => string[] {
	let failure: string[] = [];
	target.ended.then((code) => {
		if (code > 0 && code < 128)
			failure = [`the target failed (${code}): ${target.stderr().trim()}`];
	});
	return () => failure;
}

/** Runs a case from start to end; what goes wrong is among the complaints. */
export async function runCase(
	test: TestCase,
	settings: Settings,
): Promise<CaseRun> {
	const folder = mkdtempSync(join(tmpdir(), "kask-case-"));
	const place = { folder, env: makeEnvironment(test, settings, folder) };
	let target: Started | undefined;
	try {
		const seconds = test.timeoutSeconds * settings.scale;
		const complaints = await prepare(test, place, seconds);
		if (complaints.length > 0) {
			return { stdout: "", stderr: "", exit: -1, complaints };
		}
		if (test.target !== undefined) {
			target = startShell(`exec ${test.target}`, [], { ...place, stdin: "" });
			place.env.TARGET_PID = String(target.pid);
		}
		const failure = target && failureOf(target);
		const run = await observe(test, settings, place);
		return { ...run, complaints: [...run.complaints, ...(failure?.() ?? [])] };
	} finally {
		target?.endGroup();
		removeFolder(folder);
	}
}
