// Running things and taking their measure.
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { closeSync, openSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { folder, type Tracer } from "./tools.ts";

/** What launch.c tells. Times in nanoseconds. */
export interface Launched {
	readonly first: number;
	readonly end: number;
	readonly user: number;
	readonly system: number;
	readonly lines: number;
	readonly status: number;
}

export function launch(tool: string, words: readonly string[]): Launched {
	const { stderr } = spawnSync(tool, words, {
		encoding: "utf8",
		stdio: ["ignore", "ignore", "pipe"],
		env: { ...process.env, BPFTRACE_MAX_PROBES: "4096" },
		maxBuffer: 1 << 28,
	});
	const told = stderr.trimEnd().split("\n").at(-1) ?? "";
	return JSON.parse(told);
}

export function median(values: readonly number[]): number {
	const sorted = [...values].sort((a, b) => a - b);
	const middle = sorted.length >> 1;
	const upper = sorted[middle] ?? Number.NaN;
	return sorted.length % 2 === 1
		? upper
		: (upper + (sorted[middle - 1] ?? upper)) / 2;
}

let scripts = 0;

export function scriptFile(text: string): string {
	const path = join(folder, `script${scripts++}.bt`);
	writeFileSync(path, `${text}\n`);
	return path;
}

export const sleep = (ms: number) =>
	new Promise<void>((resolve) => setTimeout(resolve, ms));

/** A tracer at work, with everything attached. */
export interface Running {
	readonly process: ChildProcess;
	/** Ends it by SIGINT; milliseconds until it has ended. */
	stop(): Promise<number>;
}

const env = {
	...process.env,
	KASK_MAX_MAP_KEYS: "1200000",
	BPFTRACE_MAX_MAP_KEYS: "1200000",
	BPFTRACE_MAP_KEYS_MAX: "1200000",
};

/** Its output goes to `output`: a file, or a pipe that is read to its end. `big` raises the number of keys. */
export async function startTracer(
	tracer: Tracer,
	script: string,
	output = "/dev/null",
	big = false,
): Promise<Running> {
	const mark = join(folder, `ready${scripts++}`);
	const ready = `BEGIN { printf("attached\\n"); }\n${script}`;
	const target = output === "pipe" ? "pipe" : openSync(output, "w");
	const [program = "", ...words] = tracer.words;
	const child = spawn(program, [...words, scriptFile(ready)], {
		stdio: ["ignore", target, openSync(mark, "w")],
		env: big ? env : process.env,
	});
	child.stdout?.resume();
	// A reader of a pipe sees its end only when nobody holds it open.
	if (typeof target === "number") closeSync(target);
	const ended = new Promise<void>((resolve) =>
		child.on("close", () => resolve()),
	);
	await untilAttached(child, mark);
	return {
		process: child,
		async stop() {
			const before = performance.now();
			child.kill("SIGINT");
			await ended;
			return performance.now() - before;
		},
	};
}

/** Both say on stderr (kask) or stdout (bpftrace: early) that they attach; what counts is that programs run. */
async function untilAttached(child: ChildProcess, mark: string): Promise<void> {
	for (let tries = 0; tries < 3000; tries++) {
		if (child.exitCode !== null)
			throw new Error(`the tracer ended: ${readFileSync(mark, "utf8")}`);
		if (programsRun(child.pid ?? 0)) {
			await sleep(100);
			return;
		}
		await sleep(20);
	}
	throw new Error("the tracer does not attach");
}

/** True once it holds links or perf events. */
function programsRun(pid: number): boolean {
	const { stdout } = spawnSync("ls", ["-l", `/proc/${pid}/fd`], {
		encoding: "utf8",
	});
	return /bpf_link|bpf-raw-tracepoint|bpf_raw|perf_event/.test(stdout);
}

/** Nanoseconds that all threads of a process have run. */
export function cpuTime(pid: number): number {
	const { stdout } = spawnSync(
		"sh",
		["-c", `cat /proc/${pid}/task/*/schedstat`],
		{
			encoding: "utf8",
		},
	);
	return stdout
		.trim()
		.split("\n")
		.reduce((sum, line) => sum + Number(line.split(" ")[0]), 0);
}

/** KiB that a process and its children hold now. */
export function treeMemory(pid: number): number {
	try {
		const status = readFileSync(`/proc/${pid}/status`, "latin1");
		const own = Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0);
		const children = readFileSync(
			`/proc/${pid}/task/${pid}/children`,
			"latin1",
		);
		return children
			.split(" ")
			.filter(Boolean)
			.reduce((sum, child) => sum + treeMemory(Number(child)), own);
	} catch {
		return 0;
	}
}
