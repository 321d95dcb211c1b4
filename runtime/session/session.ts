// One run of a Plan: load, attach, drain, end. The order is bpftrace's: `begin` runs before anything is attached,
// `end` after everything is detached, and what they print comes in the order of the ring buffer.

import type { Plan } from "../../src/plan.ts";
import {
	type AttachFailure,
	type Attachments,
	attachAll,
} from "../attach/all.ts";
import { makeAttachContext } from "../attach/context.ts";
import { chooseMulti, type MultiPrograms } from "../attach/multi.ts";
import {
	type LoadedObject,
	type LoadOptions,
	openObject,
} from "../bpf/load.ts";
import { openWithTotals, type Totals } from "../bpf/load-totals.ts";
import { type RecordHandler, RingBuffer } from "../bpf/ring-buffer.ts";
import type { Features } from "../features/features.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { monotonicMs } from "../machine/clock.ts";
import { openTracedPrograms } from "../machine/traced-programs.ts";
import { PacketBuffers } from "../packets/buffers.ts";
import { fail, type Result, succeed } from "../result.ts";
import { type Loss, readLosses } from "./losses.ts";
import { RingPump } from "./ring-pump.ts";
import { forgetExit, unheardExit, writeRunFacts } from "./run-facts.ts";
import { runOnce } from "./run-once.ts";

export interface SessionRequest {
	readonly kernel: Kernel;
	readonly features: Features;
	readonly tracefs: Result<string>;
	/** The process that `-c` started. */
	readonly childPid?: number | undefined;
	readonly plan: Plan;
	/** ELF bytes. */
	readonly object: Uint8Array;
	/** Told what the verifier says of programs that it takes; it is not asked where this is not given. */
	readonly onTotals?: ((totals: Totals) => void) | undefined;
	/** Addresses of a kernel function, for kprobes by address. */
	readonly resolveFunction: (
		name: string,
		module: string | undefined,
	) => readonly bigint[];
}

export interface AttachReport {
	/** Places attached to, `begin` and `end` counted too. */
	readonly count: number;
	readonly failures: readonly AttachFailure[];
}

export interface Drained {
	/** Events may have been lost. */
	readonly crowded: boolean;
	/** The code of an exit() that was lost. */
	readonly unheard: number | undefined;
}

/** A program that no event of the kernel runs. */
export interface OwnProgram {
	readonly name: string;
	readonly fd: number;
}

/** A loaded script. Close it; the kernel does so too when the process ends, however it ends. */
export class Session {
	readonly #request: SessionRequest;
	readonly object: LoadedObject;
	readonly #ring: OpenRing | undefined;
	readonly #packets: PacketBuffers | undefined;
	#onRecord: RecordHandler | undefined;
	#pump: RingPump | undefined;
	#attachments: Attachments | undefined;
	#closed = false;

	private constructor(
		request: SessionRequest,
		object: LoadedObject,
		ring: OpenRing | undefined,
		packets: PacketBuffers | undefined,
	) {
		this.#request = request;
		this.object = object;
		this.#ring = ring;
		this.#packets = packets;
	}

	/** Loads programs and maps. */
	static open(request: SessionRequest): Result<Session> {
		const { kernel, plan } = request;
		const traced = openTracedPrograms(kernel.libc, plan);
		if (!traced.ok) return traced;
		const object = load(request, {
			programs: new Map([...multiOf(request), ...traced.value.options]),
			logSize: plan.settings.logSize,
		});
		traced.value.close();
		if (!object.ok) return object;
		const told = writeRunFacts(
			kernel.libc,
			plan,
			object.value.maps,
			request.childPid ?? 0,
		);
		const ring = told.ok ? openRing(kernel, plan, object.value) : told;
		if (!ring.ok) {
			object.value.close();
			return ring;
		}
		const packets = openPackets(kernel, plan, object.value);
		if (!packets.ok) {
			ring.value?.buffer.close();
			object.value.close();
			return packets;
		}
		const open = [object.value, ring.value, packets.value] as const;
		return succeed(new Session(request, ...open));
	}

	/** Runs all programs of one kind, in the order of the script. */
	runAll(kind: "begin" | "end" | "signal"): Result<undefined> {
		const { plan, kernel } = this.#request;
		if (kind === "end") forgetExit(kernel.libc, plan, this.object.maps);
		for (const request of plan.attach) {
			if (request.target.kind !== kind) continue;
			const fd = this.object.programs.get(
				plan.programs[request.program]?.symbol ?? "",
			);
			if (fd === undefined)
				return fail("E0708", {
					probe: kind,
					why: "its program was not loaded",
				});
			const run = runOnce(kernel, fd, kind);
			if (!run.ok) return run;
		}
		return succeed(undefined);
	}

	/** Programs of a kind that the run time itself runs. */
	programsOf(kind: "test" | "bench"): readonly OwnProgram[] {
		const { plan } = this.#request;
		return plan.attach.flatMap(({ target, program }) => {
			const fd = this.object.programs.get(plan.programs[program]?.symbol ?? "");
			return target.kind === kind && fd !== undefined
				? [{ name: target.name, fd }]
				: [];
		});
	}

	attach(): AttachReport {
		const { kernel, tracefs, plan, resolveFunction } = this.#request;
		const context = makeAttachContext(
			kernel,
			tracefs.ok ? tracefs.value : undefined,
			resolveFunction,
		);
		const outcome = attachAll(
			context,
			plan,
			plan.attach,
			this.object,
			multiOf(this.#request),
		);
		this.#attachments = outcome.attached;
		const run = plan.attach.filter(({ target }) =>
			["begin", "end", "signal"].includes(target.kind),
		).length;
		return {
			count: outcome.attached.count + run,
			failures: outcome.failures,
		};
	}

	/** Runs what no event does. */
	runIterators(): Result<undefined> {
		return this.#attachments?.runIterators() ?? succeed(undefined);
	}

	/** From here on records are handed over as they come, but not while what they became can't be put anywhere. */
	startDraining(
		onRecord: RecordHandler,
		choked: () => boolean,
		afterDrain: (drained: Drained) => void,
	): void {
		const { kernel, plan } = this.#request;
		this.#onRecord = onRecord;
		this.#packets?.start(onRecord);
		if (!this.#ring) return;
		const watcher = kernel.ffi.watch(this.#ring.fd);
		this.#pump = new RingPump(this.#ring.buffer, watcher, onRecord, {
			choked,
			afterDrain: (crowded) => {
				const unheard = unheardExit(kernel.libc, plan, this.object.maps);
				afterDrain({ crowded, unheard });
			},
		});
		this.#pump.start();
	}

	/** Hands over what has come so far. */
	drainNow(): void {
		if (this.#onRecord) this.#packets?.drain(this.#onRecord);
		this.#pump?.drainNow();
	}

	/** The same for so many ms at most, as fast as it is taken; what is left then is let go of. Returns how many records that was. */
	async drainFor(ms: number): Promise<number> {
		if (this.#onRecord) this.#packets?.drain(this.#onRecord);
		await this.#pump?.drainUntil(monotonicMs() + ms);
		return this.#pump?.discard() ?? 0;
	}

	/** Detaches, so that nothing more comes but what `end` prints. */
	detach(): void {
		this.#attachments?.detach();
	}

	/** What the programs could not deliver. */
	losses(): readonly Loss[] {
		return readLosses(
			this.#request.kernel.libc,
			this.#request.plan,
			this.object,
		);
	}

	close(): void {
		if (this.#closed) return;
		this.#closed = true;
		this.#pump?.stop();
		this.#attachments?.close();
		this.#ring?.buffer.close();
		this.#packets?.close();
		this.object.close();
	}
}

function load(
	{ kernel, object, onTotals }: SessionRequest,
	options: LoadOptions,
): Result<LoadedObject> {
	return onTotals
		? openWithTotals(kernel, object, options, onTotals)
		: openObject(kernel, object, options);
}

interface OpenRing {
	readonly buffer: RingBuffer;
	readonly fd: number;
}

function openRing(
	kernel: Kernel,
	plan: Plan,
	object: LoadedObject,
): Result<OpenRing | undefined> {
	const map = plan.maps.find((m) => m.role === "ring");
	if (!map) return succeed(undefined);
	const fd = object.maps.get(map.symbol);
	if (fd === undefined)
		return fail("E0711", { map: map.symbol, why: "it was not made" });
	const buffer = RingBuffer.open(kernel.libc, fd, map.maxEntries);
	return buffer.ok ? succeed({ buffer: buffer.value, fd }) : buffer;
}

function openPackets(
	kernel: Kernel,
	plan: Plan,
	object: LoadedObject,
): Result<PacketBuffers | undefined> {
	const map = plan.maps.find((m) => m.role === "packets");
	const fd = object.maps.get(map?.symbol ?? "");
	return fd === undefined ? succeed(undefined) : PacketBuffers.open(kernel, fd);
}

/** Programs that are attached to many places at once, where the kernel can. It is only asked where there are any. */
function multiOf({ plan, features }: SessionRequest): MultiPrograms {
	return chooseMulti(plan, {
		get kprobe() {
			return features.has("kprobe_multi");
		},
		get uprobe() {
			return features.has("uprobe_multi");
		},
	});
}
