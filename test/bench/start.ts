// B1 and B6: from the command line to the first line, and to the end.
import { spawnSync } from "node:child_process";
import { join } from "node:path";
import type { Context, Figure, Row } from "./figure.ts";
import { type Launched, launch, median, scriptFile } from "./measure.ts";
import { folder, kask } from "./tools.ts";

type Runs = Map<string, Launched[]>;

/** In turn, so that a noisy moment hits all. The first round warms caches up and does not count. */
function alternate(
	context: Context,
	contenders: ReadonlyMap<string, readonly string[]>,
): Runs {
	const runs: Runs = new Map();
	for (let round = 0; round <= context.runs; round++) {
		for (const [name, words] of contenders) {
			const result = launch(context.launch, words);
			if (round > 0) runs.set(name, [...(runs.get(name) ?? []), result]);
		}
	}
	return runs;
}

function row(what: string, runs: Runs, pick: (run: Launched) => number): Row {
	const values = [...runs].map(
		([name, list]) => [name, median(list.map(pick)) / 1e6] as const,
	);
	return { what, unit: "ms", values: Object.fromEntries(values) };
}

function contendersFor(context: Context, script: string) {
	const file = scriptFile(script);
	return new Map(
		context.tracers.map(({ name, words }) => [name, [...words, file]]),
	);
}

export const start: Figure = {
	id: "B1",
	title: "first event: from Enter to the first line of BEGIN",
	sizes: [1, 10, 100],
	async measure(context) {
		const probes = Array.from(
			{ length: context.size },
			() => "tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }",
		);
		const script = `BEGIN { printf("x\\n"); exit(); }\n${probes.join("\n")}`;
		const contenders = contendersFor(context, script);
		const file = scriptFile(script);
		contenders.set("kask, cold", [...kask.words, "--no-cache", file]);
		contenders.set("floor", ["sh", "-c", floorOf()]);
		const runs = alternate(context, contenders);
		return [
			row("until the first line", runs, ({ first, end }) =>
				first < 0 ? end : first,
			),
			row("until the end", runs, ({ end }) => end),
			row("CPU time", runs, ({ user, system }) => user + system),
		];
	},
};

/** Node, without what bin/kask spares it, and clang on nothing. */
function floorOf(): string {
	const empty = join(folder, "empty.c");
	spawnSync("touch", [empty]);
	return `NODE_EXTRA_CA_CERTS= ${process.execPath} -e 0; clang -target bpf -c ${empty} -o /dev/null; echo`;
}

const calls = [
	"tracepoint:syscalls:sys_enter_ac*",
	"tracepoint:syscalls:sys_enter_*",
	"tracepoint:syscalls:*",
];

export const many: Figure = {
	id: "B6",
	title: "many probes: attach and detach all system calls",
	sizes: [1, 10, 100],
	async measure(context) {
		const probe = calls[Math.round(Math.log10(context.size))];
		const script = `BEGIN { printf("x\\n"); exit(); } ${probe} { @[probe] = count(); }`;
		const once = { ...context, runs: 1 };
		const runs = alternate(once, contendersFor(context, script));
		return [
			row(`${probe}, until the first line`, runs, ({ first }) => first),
			row(`${probe}, until the end`, runs, ({ end }) => end),
		];
	},
};
