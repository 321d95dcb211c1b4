// One run of a loaded script, from attaching to the last line.

import type { RecordHandler } from "../../runtime/bpf/ring-buffer.ts";
import type { Observer } from "../../runtime/cost/observer.ts";
import type { Kernel } from "../../runtime/ffi/kernel.ts";
import type { Sink } from "../../runtime/output/sink.ts";
import type { Result } from "../../runtime/result.ts";
import { eventDispatcher } from "../../runtime/session/dispatch.ts";
import type { OpenHost } from "../../runtime/session/host.ts";
import { type EndReason, Lifetime } from "../../runtime/session/lifetime.ts";
import type { Followed } from "../../runtime/session/process.ts";
import type { Session } from "../../runtime/session/session.ts";
import { watchSignals } from "../../runtime/session/signals.ts";
import { type OpenSymbols, openSymbols } from "../../runtime/symbols/open.ts";
import {
	openUnwinding,
	type Unwinding,
} from "../../runtime/unwind/unwinding.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import { builtinNamed } from "../builtins/index.ts";
import type { ExecuteRequest } from "./execute.ts";
import { reportAttach, reportLosses } from "./execute-report.ts";
import { isCommand, letGo } from "./follow.ts";
import { LostEvents } from "./lost-events.ts";
import { openObserver, reportTrust } from "./observe.ts";
import { namesByCookie, openRunHost } from "./open-host.ts";
import type { Tape } from "./open-recorder.ts";
import { openSink } from "./open-sink.ts";
import { addFailure, reportAll } from "./report.ts";
import { runOwnProbes } from "./run-own.ts";
import { printOut } from "./stdio.ts";

const longestLastDrainMs = 500;

export class TracedRun {
	readonly #request: ExecuteRequest;
	readonly #kernel: Kernel;
	readonly #session: Session;
	readonly #followed: Followed | undefined;
	readonly #lifetime = new Lifetime();
	readonly #sink: Sink;
	readonly #tape: Tape | undefined;
	readonly #symbols: OpenSymbols;
	readonly #host: OpenHost;
	readonly #observer: Observer | undefined;
	readonly #lost: LostEvents;
	/** After exit() nothing is printed that came later, until `end` runs. */
	#deaf = false;
	#unwinding: Unwinding | undefined;

	constructor(
		request: ExecuteRequest,
		kernel: Kernel,
		session: Session,
		followed: Followed | undefined,
		tape: Tape | undefined,
	) {
		this.#request = request;
		this.#kernel = kernel;
		this.#session = session;
		this.#followed = followed;
		const sink = openSink(request.options, this.#lifetime);
		this.#tape = tape;
		this.#sink = tape?.sink(sink) ?? sink;
		this.#symbols = openSymbols({
			plan: request.plan,
			libc: kernel.libc,
			maps: session.object.maps,
			pid: request.options.pid,
			pidAt: (name) => builtinNamed(name)?.opaque?.pidAt,
		});
		this.#host = openRunHost({
			plan: request.plan,
			options: request.options,
			libc: kernel.libc,
			maps: session.object.maps,
			symbols: this.#symbols,
			sink: this.#sink,
			tape,
			probeNames: namesByCookie(request.plan),
			exit: (code) => {
				this.#deaf = this.#host.exited;
				this.#lifetime.end({ kind: "exit", code });
			},
		});
		this.#lost = new LostEvents(
			() => session.losses(),
			this.#sink,
			request.options,
		);
		this.#observer = openObserver(request, kernel, session, this.#lifetime);
	}

	async toEnd(): Promise<number> {
		const { plan, options } = this.#request;
		// Until the process ends: a Ctrl-C that meets the script's own end shall not change the exit code.
		watchSignals(this.#lifetime, () => this.#onUser1());
		const dispatch = eventDispatcher(plan, this.#host, builtinNamed);
		const unwinding = this.#openUnwinding();
		if (!unwinding.ok) return this.#fail(unwinding.failure);
		this.#unwinding = unwinding.value;
		if (!options.dryRun) {
			const begun = this.#session.runAll("begin");
			if (!begun.ok) return this.#fail(begun.failure);
		}
		this.#observer?.prepare();
		if (options.mode === "run" && !this.#attach()) return this.#fail();
		this.#observer?.start();
		this.#lost.start();
		this.#lifetime.run();
		const onRecord: RecordHandler = (view, bytes, offset, length) => {
			if (this.#deaf) return;
			this.#tape?.recorder.record(bytes, offset, length);
			dispatch(view, offset);
		};
		if (!options.dryRun) {
			this.#session.startDraining(
				onRecord,
				() => this.#sink.choked,
				({ crowded, unheard }) => {
					this.#sink.flush();
					if (crowded) this.#lost.look();
					if (unheard === undefined) return;
					this.#lifetime.end({ kind: "exit", code: unheard });
				},
			);
		}
		this.#follow();
		if (options.dryRun) this.#lifetime.end({ kind: "done" });
		else if (options.mode !== "run") {
			const done = this.#runOwn(options.mode);
			if (!done.ok) return this.#fail(done.failure);
		} else {
			const iterated = this.#session.runIterators();
			if (!iterated.ok) return this.#fail(iterated.failure);
		}
		this.#endWhenDone();
		await this.#ended();
		await this.#finish();
		return this.#lifetime.exitCode;
	}

	/** Lets the command of `-c` go, now that it is traced; its end, or that of the process of `-p`, ends the run. */
	#follow(): void {
		const followed = this.#followed;
		if (isCommand(followed)) {
			const { pid } = followed;
			if (!this.#unwinding) followed.start();
			this.#unwinding?.start(followed, () => this.#symbols.prepareAgain(pid));
			this.#symbols.prepareStarting(followed.pid);
		}
		const kind = isCommand(followed) ? "command" : "process";
		followed?.onEnd(() => this.#lifetime.end({ kind }));
	}

	#openUnwinding(): Result<Unwinding | undefined> {
		const { plan, options } = this.#request;
		const pids = [this.#followed?.pid, options.pid, ...options.dwarfPids];
		return openUnwinding({
			plan,
			libc: this.#kernel.libc,
			maps: this.#session.object.maps,
			pids: [...new Set(pids.filter((pid) => pid !== undefined))],
		});
	}

	#runOwn(mode: "test" | "bench"): Result<EndReason> {
		// What benchmarks print is not wanted, but what has come before is.
		this.#session.drainNow();
		this.#deaf = mode === "bench";
		const done = runOwnProbes(mode, this.#kernel, this.#session, this.#sink);
		this.#deaf = false;
		if (done.ok) this.#lifetime.end(done.value);
		return done;
	}

	/** Resolves when the run is to end. The timer keeps Node alive where nothing else does. */
	#ended(): Promise<void> {
		const alive = setInterval(() => {}, 2 ** 30);
		return new Promise((resolve) => {
			this.#lifetime.onEnd(() => {
				clearInterval(alive);
				resolve();
			});
		});
	}

	/** Once `begin` is done and iterators have gone through, there may be nothing else to wait for. */
	#endWhenDone(): void {
		const { plan } = this.#request;
		const waits = plan.attach.some(
			({ target }) =>
				!["begin", "end", "iter", "test", "bench"].includes(target.kind),
		);
		if (waits || this.#followed) return;
		this.#session.drainNow();
		this.#lifetime.end({ kind: "done" });
	}

	#attach(): boolean {
		const { options } = this.#request;
		const report = this.#session.attach();
		if (!reportAttach(report, this.#request)) return false;
		for (const choice of this.#request.plan.choices ?? [])
			this.#sink.choice(choice);
		if (!options.quiet) this.#sink.attachedProbes(report.count);
		if (process.env.__BPFTRACE_NOTIFY_PROBES_ATTACHED) {
			printOut("__BPFTRACE_NOTIFY_PROBES_ATTACHED\n");
		}
		return true;
	}

	async #finish(): Promise<void> {
		const { plan, options } = this.#request;
		this.#observer?.stop();
		this.#unwinding?.stop();
		this.#session.detach();
		await this.#drainLast();
		if (this.#lifetime.wantsReport && !options.dryRun) {
			this.#host.resume();
			this.#tape?.recorder.mark("resume");
			this.#deaf = false;
			this.#session.runAll("end");
			this.#session.drainNow();
			this.#sink.endOfEvents();
			if (plan.settings.printMapsOnExit && options.mode === "run")
				this.#printMaps();
			const losses = this.#session.losses();
			this.#lost.tell(losses);
			reportLosses(losses, this.#request, this.#sink);
			this.#tape?.recorder.losses(losses);
			if (this.#observer)
				reportTrust(this.#observer, this.#session, losses, options, this.#sink);
		}
		this.#sink.finish();
		this.#symbols.close();
		await letGo(this.#followed);
		this.#session.close();
		this.#lifetime.finish();
		this.#tape?.recorder.close(this.#lifetime.exitCode);
	}

	/** Whoever stops a run does not want to wait until a slow reader or slow commands have dealt with all that is left. */
	async #drainLast(): Promise<void> {
		const stopped = this.#lifetime.reason?.kind === "signal";
		const most = stopped ? longestLastDrainMs : Number.POSITIVE_INFINITY;
		const lost = await this.#session.drainFor(most);
		if (lost > 0) this.#sink.lostEvents(lost);
	}

	/** Runs the script's own probes for it; a script that has none prints its maps. */
	#onUser1(): void {
		const { plan } = this.#request;
		if (plan.attach.some(({ target }) => target.kind === "signal")) {
			this.#session.runAll("signal");
			this.#session.drainNow();
			return;
		}
		this.#session.drainNow();
		this.#printMaps();
		this.#sink.flush();
	}

	#printMaps(): void {
		this.#host.maps.printAll();
		this.#tape?.recorder.mark("print");
	}

	async #fail(failure?: Parameters<typeof addFailure>[1]): Promise<number> {
		if (failure) {
			const diagnostics = new Diagnostics();
			addFailure(diagnostics, failure);
			reportAll(diagnostics, this.#request.options);
		}
		await letGo(this.#followed);
		this.#session.close();
		return 1;
	}
}
