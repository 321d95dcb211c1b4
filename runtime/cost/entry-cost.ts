// What the kernel's own statistics leave out: the way into a program. The kernel times a program from within; whoever is
// traced waits for the way there as well: the tracepoint's call, the trap of a uprobe, the slower path that system calls
// take while any is traced. It is measured here, at the end of a run, with programs that do nothing on the reads of
// another process. A loop here would not do: from deep in Node's stack a system call is twice as slow to trace, because
// the processor then mispredicts the returns. The least of many reads counts, and of several tries the median, so that a
// busy machine does little harm.
// Kernel 6.18, x86-64: a tracepoint some 30 to 60 ns, the slower path 60 to 90, a uprobe microseconds.
import { spawnSync } from "node:child_process";
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

const CLOCK_GETTIME = process.arch === "arm64" ? 113 : 228;

/**
 * Prints the nanoseconds of one read of a byte, the least of many rounds. Debian always has perl, in perl-base, which has
 * no module for the clock. Half of each of the two clock calls is timed along, which makes one call more.
 */
const loop = `
	sub now { my $t = pack("q2", 0, 0); syscall(${CLOCK_GETTIME}, 1, $t); my ($s, $n) = unpack("q2", $t); $s * 1e9 + $n }
	open(my $zero, "<", "/dev/zero") or die;
	my $least = 1e9;
	for (1 .. 400) {
		my $from = now();
		for (1 .. 30) { sysread($zero, my $byte, 1) }
		my $taken = now() - $from;
		$least = $taken if $taken < $least;
	}
	printf "%.1f", $least / 31;
`;

/** Machines have slower and faster seconds: what belongs together is measured at once, several times. */
const ROUNDS = 3;

export function measureEntryCost(
	kernel: Kernel,
	context: AttachContext,
	kinds: ReadonlySet<AttachTarget["kind"]>,
): EntryCost {
	const trial = new Trial(kernel, context);
	const rounds = Array.from({ length: ROUNDS }, () => measure(trial, kinds));
	const entry: Partial<Record<AttachTarget["kind"], number>> = {};
	for (const round of rounds)
		for (const kind of Object.keys(round.entry) as AttachTarget["kind"][])
			entry[kind] = median(rounds.flatMap((r) => r.entry[kind] ?? []));
	return {
		clock: median(rounds.map((r) => r.clock)),
		statistics: median(rounds.map((r) => r.statistics)),
		syscall: median(rounds.map((r) => r.syscall)),
		entry,
	};
}

function median(values: readonly number[]): number {
	return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function measure(
	trial: Trial,
	kinds: ReadonlySet<AttachTarget["kind"]>,
): EntryCost {
	const bare = trial.callTime();
	if (bare === undefined)
		return { clock: 0, statistics: 0, syscall: 0, entry: {} };
	const [one = bare, timed] = trial.withRaw("sys_enter", () => [
		trial.callTime(),
		trial.timedCall(),
	]) ?? [bare, undefined];
	// The first program on system calls brings the slower path, the ones after it only themselves.
	const both = trial.withRaw("sys_enter", () =>
		trial.withRaw("sys_exit", () => trial.callTime()),
	);
	const raw = Math.max(0, Math.min((both ?? one) - one, one - bare));
	const syscall = Math.max(0, one - bare - raw);
	const clock = timed?.measured ?? 0;
	const statistics = timed ? Math.max(0, timed.time - one - clock) : 0;
	const entry: Partial<Record<AttachTarget["kind"], number>> = {
		raw_tracepoint: raw,
		// Attached in the same way; only its arguments are checked otherwise.
		btf_tracepoint: raw,
	};
	for (const kind of ["tracepoint", "kprobe", "uprobe"] as const) {
		if (!kinds.has(kind)) continue;
		const time = trial.withKind(kind, () => trial.callTime());
		if (time === undefined) continue;
		const slower = kind === "tracepoint" ? syscall : 0;
		entry[kind] = Math.max(0, time - bare - slower);
	}
	return { clock, statistics, syscall, entry };
}

type Kind = "tracepoint" | "kprobe" | "uprobe";

class Trial {
	readonly #kernel: Kernel;
	readonly #context: AttachContext;

	constructor(kernel: Kernel, context: AttachContext) {
		this.#kernel = kernel;
		this.#context = context;
	}

	/** Nanoseconds of one read(2); undefined where there is no perl. */
	callTime(): number | undefined {
		const { stdout } = spawnSync("perl", ["-e", loop], { encoding: "utf8" });
		return Number(stdout) || undefined;
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
