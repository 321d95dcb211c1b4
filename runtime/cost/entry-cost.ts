// What the kernel's own statistics leave out: the way into a program. The kernel times a program from within; whoever is
// traced waits for the way there as well: the tracepoint's call, the trap of a uprobe, the slower path that system calls
// take while any is traced. It is measured here, at the end of a run, with programs that do nothing on the reads of
// another process. The least of many reads counts, and of several rounds the median, so that a
// busy machine does little harm.
// Kernel 6.18, x86-64: a tracepoint some 30 to 60 ns, the slower path 60 to 90, a uprobe microseconds.
import { readFileSync } from "node:fs";
import type { AttachTarget } from "../../src/plan.ts";
import { codeOffsetOf, elfFunctions } from "../../src/types/elf-image.ts";
import {
	type AttachContext,
	type Attachment,
	closeAttachment,
	type Subject,
} from "../attach/context.ts";
import { attachKprobe } from "../attach/kprobe.ts";
import { attachRawTracepoint } from "../attach/raw-tracepoint.ts";
import { attachTracepoint } from "../attach/tracepoint.ts";
import { attachUprobe } from "../attach/uprobe.ts";
import { enableStats, ProgramType, readProgramStats } from "../bpf/program.ts";
import { loadTrial } from "../features/feature-trial.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { withElf } from "../machine/elf.ts";
import type { Result } from "../result.ts";
import { CallTimer } from "./call-timer.ts";

/** Nanoseconds each. */
export interface EntryCost {
	/** The clock's own part of what the kernel measures. */
	readonly clock: number;
	/** What statistics add to a run while they are on, besides the part that they measure themselves. */
	readonly statistics: number;
	/** What a system call takes longer while any is traced. */
	readonly syscall: number;
	/** The way into a program, by kind of attaching; kinds that could not be measured are left out. */
	readonly entry: Readonly<Partial<Record<AttachTarget["kind"], number>>>;
}

/**
 * Machines have slower and faster moments: some are quicker by a fifth for a few milliseconds, and others that run make
 * them slower. What is compared is measured in one round, and of all rounds' differences the median counts.
 */
const MOST_ROUNDS = 9;
const LEAST_ROUNDS = 3;
/** Nobody wants to wait for more rounds than that, on a slow machine. */
const PATIENCE_MS = 1000;

const kindsOfTheirOwn = ["tracepoint", "kprobe", "uprobe"] as const;
type Kind = (typeof kindsOfTheirOwn)[number];

/** Nanoseconds of one call: untraced, with a program, with two, with one that is timed; `clock` is what that one says. */
type Quantity = "bare" | "one" | "both" | "timed" | "clock" | Kind;
type Times = ReadonlyMap<Quantity, number>;

export function measureEntryCost(
	kernel: Kernel,
	context: AttachContext,
	kinds: ReadonlySet<AttachTarget["kind"]>,
): EntryCost {
	const timer = new CallTimer();
	try {
		const trial = new Trial(kernel, context, timer);
		return entryCostOf(timer.ready() ? measureAll(trial, kinds) : []);
	} finally {
		timer.stop();
	}
}

function measureAll(
	trial: Trial,
	kinds: ReadonlySet<AttachTarget["kind"]>,
): Times[] {
	const rounds: Times[] = [];
	const end = performance.now() + PATIENCE_MS;
	while (
		rounds.length < LEAST_ROUNDS ||
		(rounds.length < MOST_ROUNDS && performance.now() < end)
	)
		rounds.push(measure(trial, kinds));
	return rounds;
}

/** The median over the rounds; 0 where it was never measured. */
function medianOf(
	rounds: readonly Times[],
	value: (time: (quantity: Quantity) => number) => number,
): number {
	const values = rounds
		.map((times) => value((quantity) => times.get(quantity) ?? Number.NaN))
		.filter((number) => !Number.isNaN(number))
		.sort((a, b) => a - b);
	return values[values.length >> 1] ?? 0;
}

/** What could not be measured is left out. */
function measure(
	trial: Trial,
	kinds: ReadonlySet<AttachTarget["kind"]>,
): Times {
	const times = new Map<Quantity, number>();
	const keep = (quantity: Quantity, time: number | undefined) => {
		if (time !== undefined) times.set(quantity, time);
	};
	keep("bare", trial.callTime());
	trial.withRaw("sys_enter", () => {
		keep("one", trial.callTime());
		const timed = trial.timedCall();
		keep("timed", timed?.time);
		keep("clock", timed?.measured);
		trial.withRaw("sys_exit", () => keep("both", trial.callTime()));
	});
	for (const kind of kindsOfTheirOwn)
		if (kinds.has(kind))
			trial.withKind(kind, () => keep(kind, trial.callTime()));
	return times;
}

export function entryCostOf(rounds: readonly Times[]): EntryCost {
	const positive = (value: Parameters<typeof medianOf>[1]) =>
		Math.max(0, medianOf(rounds, value));
	// The first program on system calls brings the slower path, the ones after it only themselves. Where noise says
	// that the second took longer, they share what both took.
	const second = positive((time) => time("both") - time("one"));
	const both = positive((time) => time("both") - time("bare"));
	const raw = Math.min(second, both / 2);
	const syscall = both - 2 * raw;
	const entry: Partial<Record<AttachTarget["kind"], number>> = {
		raw_tracepoint: raw,
		// Attached in the same way; only its arguments are checked otherwise.
		btf_tracepoint: raw,
	};
	for (const kind of kindsOfTheirOwn) {
		if (!rounds.some((times) => times.has(kind))) continue;
		const slower = kind === "tracepoint" ? syscall : 0;
		entry[kind] = positive((time) => time(kind) - time("bare") - slower);
	}
	return {
		clock: positive((time) => time("clock")),
		statistics: positive((t) => t("timed") - t("one") - t("clock")),
		syscall,
		entry: rounds.some((times) => times.has("bare")) ? entry : {},
	};
}

class Trial {
	readonly #kernel: Kernel;
	readonly #context: AttachContext;
	readonly #timer: CallTimer;

	constructor(kernel: Kernel, context: AttachContext, timer: CallTimer) {
		this.#kernel = kernel;
		this.#context = context;
		this.#timer = timer;
	}

	/** Nanoseconds of one read(2). */
	callTime(): number | undefined {
		return this.#timer.time();
	}

	#last = -1;

	/** The same with statistics, and what these say of the program that was loaded last. */
	timedCall(): { time: number; measured: number } | undefined {
		const { libc } = this.#kernel;
		const before = readProgramStats(libc, this.#last);
		const fd = enableStats(libc);
		if (fd < 0 || !before) return undefined;
		const time = this.callTime();
		libc.call.close(fd);
		const after = readProgramStats(libc, this.#last);
		const runs = (after?.runs ?? 0) - before.runs;
		if (!after || runs === 0 || time === undefined) return undefined;
		return { time, measured: (after.nanoseconds - before.nanoseconds) / runs };
	}

	/** With a program on each system call. */
	withRaw<T>(name: "sys_enter" | "sys_exit", use: () => T): T | undefined {
		return this.#with(
			ProgramType.rawTracepoint,
			(subject) =>
				attachRawTracepoint(this.#context, subject, {
					kind: "raw_tracepoint",
					name,
				}),
			use,
		);
	}

	withKind<T>(kind: Kind, use: () => T): T | undefined {
		if (kind === "tracepoint")
			return this.#with(
				ProgramType.tracepoint,
				(subject) =>
					attachTracepoint(this.#context, subject, {
						kind,
						category: "syscalls",
						event: "sys_enter_read",
					}),
				use,
			);
		if (kind === "kprobe")
			return this.#with(
				ProgramType.kprobe,
				(subject) =>
					attachKprobe(this.#context, subject, {
						kind,
						function: `__${process.arch === "arm64" ? "arm64" : "x64"}_sys_read`,
						offset: 0,
						ret: false,
					}),
				use,
			);
		const place = readInLibc();
		if (!place) return undefined;
		return this.#with(
			ProgramType.kprobe,
			(subject) =>
				attachUprobe(this.#context, subject, {
					kind,
					...place,
					ret: false,
					semaphore: 0,
					pid: -1,
				}),
			use,
		);
	}

	#with<T>(
		type: number,
		attach: (subject: Subject) => Result<Attachment>,
		use: () => T,
	): T | undefined {
		let result: T | undefined;
		loadTrial(this.#kernel, { type }, (fd) => {
			const subject = { fd, section: "", probe: "", cookie: undefined };
			const attached = attach(subject);
			if (!attached.ok) return false;
			this.#last = fd;
			result = use();
			closeAttachment(this.#kernel.libc, attached.value);
			return true;
		});
		return result;
	}
}

/** The C library: of this very process, and of others. */
function readInLibc(): { path: string; offset: number } | undefined {
	const maps = readFileSync("/proc/self/maps", "utf8");
	const path = /\s(\/\S*\/libc[.-]\S*)$/m.exec(maps)?.[1];
	if (path === undefined) return undefined;
	const offset = withElf(path, (elf) => {
		for (const found of elfFunctions(elf, "read"))
			return codeOffsetOf(elf, found.address);
		return undefined;
	});
	return offset === undefined ? undefined : { path, offset };
}
