// When a run ends, why, and with which exit code. Many things can end it, and more than one may happen: the first
// reason counts, the others find the run ending already. Of several exit codes of the script the last one that
// is not 0 counts: `end` has a say, and a plain `exit()` does not hide that something failed.

/** What ends a run. */
export type EndReason =
	/** A signal sent to kask. */
	| { readonly kind: "signal"; readonly signal: "SIGINT" | "SIGTERM" }
	/** `exit()` of the script. */
	| { readonly kind: "exit"; readonly code: number }
	/** The command of `-c` has ended. */
	| { readonly kind: "command" }
	/** The process of `-p` has ended. */
	| { readonly kind: "process" }
	/** Nothing is left that could still happen: all probes have run (`begin`, `bench` …). */
	| { readonly kind: "done" }
	/** Nobody reads the output any more. */
	| { readonly kind: "broken-pipe" }
	/** Something failed; it has been reported. */
	| { readonly kind: "failure" };

/**
 * `starting`: compiling, loading, attaching. `running`: probes fire. `ending`: probes are being detached, what they
 * left is printed. `ended`: nothing more is written.
 */
export type LifetimeState = "starting" | "running" | "ending" | "ended";

export const ExitCode = {
	success: 0,
	failure: 1,
	/** As a shell reports a program that SIGPIPE killed. */
	brokenPipe: 141,
} as const;

export class Lifetime {
	#state: LifetimeState = "starting";
	#reason: EndReason | undefined;
	#failed = false;
	#code: number = ExitCode.success;
	readonly #listeners: ((reason: EndReason) => void)[] = [];

	get state(): LifetimeState {
		return this.#state;
	}

	/** Why the run ends; undefined while it goes on. */
	get reason(): EndReason | undefined {
		return this.#reason;
	}

	/** True when what the probes left is still wanted: they have run, and somebody reads. */
	get wantsReport(): boolean {
		return this.#state === "ending" && this.#reason?.kind !== "broken-pipe";
	}

	get exitCode(): number {
		if (this.#reason?.kind === "broken-pipe") return ExitCode.brokenPipe;
		if (this.#failed) return ExitCode.failure;
		return this.#code;
	}

	/** Everything is attached. False when the run has been ended before it began. */
	run(): boolean {
		if (this.#state !== "starting") return false;
		this.#state = "running";
		return true;
	}

	/** Ends the run. True for the first reason; `exit()`, a failure or a broken pipe later still change the exit code. */
	end(reason: EndReason): boolean {
		if (reason.kind === "failure") this.#failed = true;
		if (reason.kind === "exit" && this.#state !== "ended")
			this.#code = reason.code & 0xff || this.#code;
		if (this.#reason !== undefined) {
			if (reason.kind === "broken-pipe" && this.#state !== "ended")
				this.#reason = reason;
			return false;
		}
		this.#reason = reason;
		this.#state = this.#state === "running" ? "ending" : "ended";
		for (const listener of this.#listeners.splice(0)) listener(reason);
		return true;
	}

	/** Everything is printed and detached. */
	finish(): void {
		this.end({ kind: "done" });
		this.#state = "ended";
	}

	/** Called once, at the end's beginning; at once when that is past. */
	onEnd(listener: (reason: EndReason) => void): void {
		if (this.#reason === undefined) this.#listeners.push(listener);
		else listener(this.#reason);
	}
}
