// How long a read(2) takes just now: another process reads a byte again and again, and writes down how long it took. All is
// measured in the same process, so that it makes no difference how the kernel laid that one out, and in turns of some
// milliseconds, since machines have slower and faster moments. A loop here would not do: from deep in Node's stack a system
// call is twice as slow to trace, because the processor then mispredicts the returns.
import { type ChildProcess, spawn } from "node:child_process";
import {
	closeSync,
	mkdtempSync,
	openSync,
	readFileSync,
	rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const CLOCK_GETTIME = process.arch === "arm64" ? 113 : 228;
const PRCTL = process.arch === "arm64" ? 167 : 157;
/** Nobody needs it for longer. */
const LIFE_SECONDS = 60;
/** An emulated machine may need that long, and longer than a turn for a round. */
const START_MS = 10_000;
const TURN_MS = 8;
/** What it takes to stop on another CPU. */
const STOP_MS = 1;
const LEAST_SPANS = 3;
const LONGEST_TURN_MS = 2000;

/**
 * Prints a line for each millisecond: from when, and the least time of a read, of rounds of 30. Debian always
 * has perl, in perl-base, which has no module for the clock. Each round calls it once, which makes one call more.
 */
const loop = `
	sub now { my $t = pack("q2", 0, 0); syscall(${CLOCK_GETTIME}, 1, $t); my ($s, $n) = unpack("q2", $t); $s * 1e9 + $n }
	# PR_SET_PDEATHSIG, SIGKILL: it ends with its parent, though it may be stopped and not hear an alarm.
	syscall(${PRCTL}, 1, 9);
	alarm ${LIFE_SECONDS};
	$| = 1;
	open(my $zero, "<", "/dev/zero") or die;
	while (1) {
		my $start = now();
		my $least = 1e9;
		my $from = $start;
		while ($from - $start < 1e6) {
			for (1 .. 30) { sysread($zero, my $byte, 1) }
			my $to = now();
			$least = $to - $from if $to - $from < $least;
			$from = $to;
		}
		printf "%d %.1f\\n", $start, $least / 31;
	}
`;

const never = new Int32Array(new SharedArrayBuffer(4));
const now = () => Number(process.hrtime.bigint());

export class CallTimer {
	readonly #process: ChildProcess;
	readonly #folder: string;
	readonly #output: string;

	constructor() {
		this.#folder = mkdtempSync(join(tmpdir(), "kask-cost-"));
		this.#output = join(this.#folder, "times");
		const fd = openSync(this.#output, "w", 0o600);
		this.#process = spawn("perl", ["-e", loop], {
			stdio: ["ignore", fd, "ignore"],
		});
		closeSync(fd);
		// Where there is no perl, nothing is ever read.
		this.#process.on("error", () => {});
		this.#process.unref();
	}

	/** Whether it runs, for which it is waited. */
	ready(): boolean {
		if (this.#process.pid === undefined) return false;
		const runs = this.#least(now(), START_MS) !== undefined;
		this.#pause();
		return runs;
	}

	/**
	 * Nanoseconds of one read, from now on for some milliseconds. Between the calls the process stands still: it need not
	 * run into code of the kernel while that is changed, and an emulator that gets this wrong would hang.
	 */
	time(): number | undefined {
		this.#process.kill("SIGCONT");
		const time = this.#least(now(), LONGEST_TURN_MS);
		this.#pause();
		return time;
	}

	#pause(): void {
		this.#process.kill("SIGSTOP");
		Atomics.wait(never, 0, 0, STOP_MS);
	}

	stop(): void {
		this.#process.kill("SIGKILL");
		rmSync(this.#folder, { recursive: true, force: true });
	}

	#least(from: number, patience: number): number | undefined {
		for (;;) {
			Atomics.wait(never, 0, 0, TURN_MS);
			const spans = this.#spansSince(from);
			const isLate = now() - from > patience * 1e6;
			if (spans.length >= LEAST_SPANS || (isLate && spans.length > 0))
				return Math.min(...spans);
			if (isLate) return undefined;
		}
	}

	/** The times of all spans that began after `from`. */
	#spansSince(from: number): number[] {
		const lines = readFileSync(this.#output, "latin1").split("\n");
		// The last line may be half written.
		lines.pop();
		const spans: number[] = [];
		for (let line = lines.pop(); line !== undefined; line = lines.pop()) {
			const [start = 0, time] = line.split(" ").map(Number);
			if (start < from || time === undefined) break;
			spans.push(time);
		}
		return spans;
	}
}
