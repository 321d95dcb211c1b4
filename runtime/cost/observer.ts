// Measures the observer too: what each program of a run costs those whom it traces.
import type { AttachTarget, Plan, ProgramPlan } from "../../src/plan.ts";
import { makeAttachContext } from "../attach/context.ts";
import type { LoadedObject } from "../bpf/load.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { readCpuList } from "../machine/cpus.ts";
import { type EntryCost, measureEntryCost } from "./entry-cost.ts";
import { StatsWindows } from "./stats-windows.ts";
import { noRuns, type TimedRuns, TimedRunsMeter } from "./timed-runs.ts";

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

export interface Costs {
	readonly probes: readonly ProbeCost[];
	readonly cpus: number;
	/** Nanoseconds in which runs were timed. */
	readonly timed: number;
	/** Nanoseconds of the whole run, for which the costs stand. */
	readonly total: number;
}

interface Watched {
	readonly program: ProgramPlan;
	readonly fd: number;
	readonly kind: AttachTarget["kind"];
	/** Pays for the slower path of system calls. */
	readonly slowsCalls: boolean;
}

/** A limit is for what lasts. */
const LEAST_CHECKED_NS = 500e6;

const runHere: readonly string[] = ["begin", "end", "signal", "test", "bench"];

export class Observer {
	readonly #request: ObserverRequest;
	readonly #windows: StatsWindows;
	readonly #watched: readonly Watched[];
	readonly #meter: TimedRunsMeter;
	readonly #cpus = readCpuList("online").length;
	#missed: readonly number[] = [];
	#entryCost: EntryCost | undefined;
	#before = { nanoseconds: 0, covered: 0 };
	#exceeded = 0;

	constructor(request: ObserverRequest) {
		this.#request = request;
		this.#watched = watchedPrograms(request);
		const { libc } = request.kernel;
		const programs = this.#watched.map(({ fd }) => fd);
		this.#meter = new TimedRunsMeter(libc, programs);
		this.#windows = new StatsWindows(libc, request.throughout, {
			onOpen: () => this.#meter.open(),
			onClose: (weight) => this.#meter.close(weight),
			onWindow: () => this.#checkLimit(),
		});
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
		this.#missed = this.#meter.missed();
	}

	/** To be called after `collect`, when nothing is attached any more. */
	costs(): Costs {
		this.#measureEntry();
		const { timed, covered, total } = this.#windows.measured;
		const scale = covered > 0 ? total / covered : 0;
		const sums = this.#meter.sums();
		const probes = new Map<string, ProbeCost>();
		for (const [i, watched] of this.#watched.entries()) {
			const { probe } = watched.program;
			const timedRuns = sums[i] ?? noRuns;
			const old = probes.get(probe);
			const nanoseconds = this.#costOf(watched, timedRuns, timed / total);
			probes.set(probe, {
				probe,
				runs: (old?.runs ?? 0) + Math.round(timedRuns.runs * scale),
				nanoseconds: (old?.nanoseconds ?? 0) + Math.round(nanoseconds * scale),
				missed: (old?.missed ?? 0) + (this.#missed[i] ?? 0),
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

	/** What those who were traced have waited; `share` of the time the statistics were on, and cost something too. */
	#costOf(watched: Watched, timed: TimedRuns, share: number): number {
		const cost = this.#entryCost;
		if (!cost) return timed.nanoseconds;
		const each =
			(this.#entryOf(watched) ?? 0) +
			(watched.slowsCalls ? cost.syscall : 0) -
			cost.clock +
			(cost.clock + cost.statistics) * share;
		return Math.max(0, timed.nanoseconds + each * timed.runs);
	}

	/** Twice in a row, so that a single burst detaches nobody. */
	#checkLimit(): void {
		const { limit, onExceeded } = this.#request;
		if (limit === undefined) return;
		const { timed, covered, total } = this.#windows.measured;
		if (covered - this.#before.covered < LEAST_CHECKED_NS) return;
		const sums = this.#meter.sums();
		const nanoseconds = this.#watched.reduce(
			(sum, w, i) => sum + this.#costOf(w, sums[i] ?? noRuns, timed / total),
			0,
		);
		const spent = nanoseconds - this.#before.nanoseconds;
		const share = spent / ((covered - this.#before.covered) * this.#cpus);
		this.#before = { nanoseconds, covered };
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
