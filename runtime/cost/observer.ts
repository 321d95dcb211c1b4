// Measures the observer too: what each program of a run costs those whom it traces.
import type { AttachTarget, Plan, ProgramPlan } from "../../src/plan.ts";
import { makeAttachContext } from "../attach/context.ts";
import type { LoadedObject } from "../bpf/load.ts";
import { type ProgramStats, readProgramStats } from "../bpf/program.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { readCpuList } from "../machine/cpus.ts";
import { type EntryCost, measureEntryCost } from "./entry-cost.ts";
import { type Measured, StatsWindows } from "./stats-windows.ts";

export interface ObserverRequest {
	readonly kernel: Kernel;
	readonly tracefs: string | undefined;
	readonly plan: Plan;
	readonly object: LoadedObject;
	/** The kernel's statistics are on all the time, not in windows. */
	readonly throughout: boolean;
	/** Whether the way into the programs is measured too. It takes a moment, at the end or, with a limit, before. */
	readonly entry: boolean;
	/** Share of all CPUs' time from which on `onExceeded` is called. */
	readonly limit?: number | undefined;
	readonly onExceeded?: (share: number) => void;
}

export interface ProbeCost {
	/** As it is written in the script. */
	readonly probe: string;
	readonly runs: number;
	readonly nanoseconds: number;
	/** Runs the kernel left out because the program was running on that CPU already. */
	readonly missed: number;
	/** False where the way into the program could not be measured, and is not in `nanoseconds`. */
	readonly wholly: boolean;
}

export interface Costs extends Measured {
	readonly probes: readonly ProbeCost[];
	readonly cpus: number;
}

interface Watched {
	readonly program: ProgramPlan;
	readonly fd: number;
	readonly kind: AttachTarget["kind"];
	/** Pays for the slower path of system calls. */
	readonly slowsCalls: boolean;
}

const noStats: ProgramStats = { runs: 0, nanoseconds: 0, missed: 0 };

const runHere: readonly string[] = ["begin", "end", "signal", "test", "bench"];

export class Observer {
	readonly #request: ObserverRequest;
	readonly #windows: StatsWindows;
	readonly #watched: readonly Watched[];
	readonly #cpus = readCpuList("online").length;
	#collected: readonly ProgramStats[] = [];
	#entryCost: EntryCost | undefined;
	#before = { nanoseconds: 0, timed: 0 };
	#exceeded = 0;

	constructor(request: ObserverRequest) {
		this.#request = request;
		this.#watched = watchedPrograms(request);
		this.#windows = new StatsWindows(
			request.kernel.libc,
			request.throughout,
			() => this.#checkLimit(),
		);
	}

	/** To be called before anything is attached where there is a limit: what is attached would be measured too. */
	prepare(): void {
		if (this.#request.limit !== undefined) this.#measureEntry();
	}

	start(): void {
		this.#windows.start();
	}

	/** To be called before anything is detached. */
	stop(): void {
		this.#windows.stop();
	}

	/** To be called when nothing runs any more, and before the programs are closed. */
	collect(): void {
		this.#collected = this.#watched.map((watched) => this.#statsOf(watched));
	}

	/** To be called after `collect`, when nothing is attached any more. */
	costs(): Costs {
		this.#measureEntry();
		const { timed, total } = this.#windows.measured;
		const scale = timed > 0 ? total / timed : 0;
		const probes = new Map<string, ProbeCost>();
		for (const [i, watched] of this.#watched.entries()) {
			const { probe } = watched.program;
			const stats = this.#collected[i] ?? noStats;
			const old = probes.get(probe);
			const nanoseconds = this.#costOf(watched, stats, timed / total);
			probes.set(probe, {
				probe,
				runs: (old?.runs ?? 0) + Math.round(stats.runs * scale),
				nanoseconds: (old?.nanoseconds ?? 0) + Math.round(nanoseconds * scale),
				missed: (old?.missed ?? 0) + stats.missed,
				wholly: (old?.wholly ?? true) && this.#entryOf(watched) !== undefined,
			});
		}
		return { probes: [...probes.values()], cpus: this.#cpus, timed, total };
	}

	#measureEntry(): void {
		const { kernel, tracefs, entry } = this.#request;
		if (!entry || this.#entryCost || this.#watched.length === 0) return;
		const kinds = new Set(this.#watched.map(({ kind }) => kind));
		const context = makeAttachContext(kernel, tracefs);
		this.#entryCost = measureEntryCost(kernel, context, kinds);
	}

	#entryOf({ kind }: Watched): number | undefined {
		return this.#entryCost?.entry[kind];
	}

	#statsOf({ fd }: Watched): ProgramStats {
		return readProgramStats(this.#request.kernel.libc, fd) ?? noStats;
	}

	/** What those who were traced have waited; `share` of the time the statistics were on, and cost something too. */
	#costOf(watched: Watched, stats: ProgramStats, share: number): number {
		const cost = this.#entryCost;
		if (!cost) return stats.nanoseconds;
		const each =
			(this.#entryOf(watched) ?? 0) +
			(watched.slowsCalls ? cost.syscall : 0) -
			cost.clock +
			(cost.clock + cost.statistics) * share;
		return Math.max(0, stats.nanoseconds + each * stats.runs);
	}

	/** Twice in a row, so that a single burst detaches nobody. */
	#checkLimit(): void {
		const { limit, onExceeded } = this.#request;
		if (limit === undefined) return;
		const { timed, total } = this.#windows.measured;
		const nanoseconds = this.#watched.reduce(
			(sum, w) => sum + this.#costOf(w, this.#statsOf(w), timed / total),
			0,
		);
		const spent = nanoseconds - this.#before.nanoseconds;
		const share = spent / ((timed - this.#before.timed) * this.#cpus);
		this.#before = { nanoseconds, timed };
		this.#exceeded = share > limit ? this.#exceeded + 1 : 0;
		if (this.#exceeded === 2) onExceeded?.(share);
	}
}

function watchedPrograms({ plan, object }: ObserverRequest): Watched[] {
	const targets = new Map<ProgramPlan, AttachTarget>();
	for (const { program: index, target } of plan.attach) {
		const program = plan.programs[index];
		if (program && !targets.has(program)) targets.set(program, target);
	}
	const anyEnter = [...targets].some((t) => /enter/.test(callSide(...t)));
	return [...targets].flatMap(([program, target]) => {
		const fd = object.programs.get(program.symbol);
		if (fd === undefined || runHere.includes(target.kind)) return [];
		const side = callSide(program, target);
		const slowsCalls = anyEnter ? side === "sys_enter" : side === "sys_exit";
		return [{ program, fd, kind: target.kind, slowsCalls }];
	});
}

/** `sys_enter` or `sys_exit` for tracepoints of system calls; empty for all others. */
function callSide({ section }: ProgramPlan, target: AttachTarget): string {
	const name =
		target.kind === "raw_tracepoint"
			? target.name
			: target.kind === "tracepoint" && /syscalls$/.test(target.category)
				? target.event
				: target.kind === "btf_tracepoint"
					? section.slice(section.indexOf("/") + 1)
					: "";
	return /^sys_(?:enter|exit)/.exec(name)?.[0] ?? "";
}
