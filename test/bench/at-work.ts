// B7, B8, B9: profiles, idling, checking.
import { spawn } from "node:child_process";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { check, parse } from "../../src/commands/compile.ts";
import { testRequest } from "../semantic/check-text.ts";
import type { Figure } from "./figure.ts";
import { cpuTime, median, sleep, startTracer } from "./measure.ts";
import type { Tracer } from "./tools.ts";

const profileSeconds = 5;
const profileRounds = 3;

export const stacks: Figure = {
	id: "B7",
	title:
		"stacks: CPU time of a profile at 99 Hz of a busy process, printed with names",
	sizes: [1],
	async measure({ tracers, runs }) {
		const used = new Map<string, number[]>();
		for (let round = 0; round < Math.min(runs, profileRounds); round++)
			for (const tracer of tracers) {
				const { name } = tracer;
				used.set(name, [...(used.get(name) ?? []), await profile(tracer)]);
			}
		const values = [...used].map(([name, list]) => [name, median(list)]);
		return [
			{
				what: "CPU time from start to end",
				unit: "ms",
				values: Object.fromEntries(values),
			},
		];
	},
};

/** CPU time in milliseconds. */
async function profile(tracer: Tracer): Promise<number> {
	const busy = spawn("sh", ["-c", "while :; do :; done"]);
	const running = await startTracer(
		tracer,
		"profile:hz:99 { @[kstack, ustack] = count(); }",
		"pipe",
	);
	await sleep(profileSeconds * 1000);
	const pid = running.process.pid ?? 0;
	let used = cpuTime(pid);
	const watch = setInterval(() => {
		used = Math.max(used, cpuTime(pid));
	}, 20);
	await running.stop();
	clearInterval(watch);
	busy.kill("SIGKILL");
	return used / 1e6;
}

const idleSeconds = 10;

export const idle: Figure = {
	id: "B8",
	title: "idle: CPU time over 10 s with a probe that never fires",
	sizes: [1],
	async measure({ tracers }) {
		const values: Record<string, number> = {};
		for (const tracer of tracers) {
			const running = await startTracer(
				tracer,
				'tracepoint:sched:sched_process_exec /comm == "no such name"/ { @ = count(); }',
			);
			await sleep(1000);
			const pid = running.process.pid ?? 0;
			const before = cpuTime(pid);
			await sleep(idleSeconds * 1000);
			values[tracer.name] = (cpuTime(pid) - before) / (idleSeconds * 1e7);
			await running.stop();
		}
		return [{ what: "of one core", unit: "%", values }];
	},
};

export const checking: Figure = {
	id: "B9",
	title: "check: a script of 2,000 lines in a warm process",
	sizes: [1],
	async measure({ runs }) {
		const lines = Array.from({ length: 500 }, (_, i) =>
			[
				`begin {`,
				`	$x${i} = (uint64)pid * ${i} + nsecs % 7;`,
				`	@m${i % 50}[comm, $x${i}] = count();`,
				`}`,
			].join("\n"),
		);
		const source = new Source("long.bt", lines.join("\n"));
		const times: number[] = [];
		for (let round = 0; round < runs + 3; round++) {
			const diagnostics = new Diagnostics();
			const request = testRequest(source, diagnostics);
			const before = performance.now();
			const script = parse(request);
			if (script) check(request, script);
			if (diagnostics.hasErrors) throw new Error(diagnostics.all[0]?.text);
			if (round >= 3) times.push(performance.now() - before);
		}
		return [
			{ what: "parse and check", unit: "ms", values: { kask: median(times) } },
		];
	},
};
