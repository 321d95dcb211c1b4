// Carries out a Plan's attach requests: one by one through the table of kinds, or many at once where the kernel can.
import type { AttachRequest, AttachTarget, Plan } from "../../src/plan.ts";
import type { LoadedObject } from "../bpf/load.ts";
import type { Libc } from "../ffi/libc.ts";
import { type Failure, fail, type Result, succeed } from "../result.ts";
import {
	type Attach,
	type AttachContext,
	type Attachment,
	closeAttachment,
	type Subject,
	type TargetOf,
} from "./context.ts";
import { attachKprobe, attachKprobeAddress } from "./kprobe.ts";
import { attachGroups, type MultiPrograms } from "./multi.ts";
import {
	attachInterval,
	attachPerfEvent,
	attachProfile,
} from "./perf-event.ts";
import { attachRawTracepoint } from "./raw-tracepoint.ts";
import { attachTracepoint } from "./tracepoint.ts";
import {
	attachBtfTracepoint,
	attachIterator,
	attachTracing,
} from "./tracing.ts";
import { attachUprobe } from "./uprobe.ts";
import { attachWatchpoint } from "./watchpoint.ts";

/** Kinds that are not attached: their programs are run by the run time itself (`runProgram`). */
type RunKind = "begin" | "end" | "signal" | "test" | "bench";
type AttachKind = Exclude<AttachTarget["kind"], RunKind>;

const byKind: { readonly [K in AttachKind]: Attach<K> } = {
	tracepoint: attachTracepoint,
	raw_tracepoint: attachRawTracepoint,
	kprobe: attachKprobe,
	kprobe_address: attachKprobeAddress,
	uprobe: attachUprobe,
	btf_tracepoint: attachBtfTracepoint,
	tracing: attachTracing,
	iter: attachIterator,
	interval: attachInterval,
	profile: attachProfile,
	perf_event: attachPerfEvent,
	watchpoint: attachWatchpoint,
};

export interface AttachOutcome {
	readonly attached: Attachments;
	readonly failures: readonly AttachFailure[];
}

export interface AttachFailure {
	readonly request: AttachRequest;
	readonly failure: Failure;
}

/**
 * Attaches what `requests` ask for; those of kinds that are run instead are passed over. A request that fails does not
 * keep the others from being attached. `multi` names the programs that were loaded to be attached in groups.
 */
export function attachAll(
	context: AttachContext,
	plan: Pick<Plan, "programs">,
	requests: readonly AttachRequest[],
	object: LoadedObject,
	multi: MultiPrograms = new Map(),
): AttachOutcome {
	const attached = new Attachments(context.libc);
	const failures: AttachFailure[] = [];
	const grouped: Job[] = [];
	const shared = new Map<number, Result<Attachment>>();
	const collect = (result: Result<Attachment>, jobs: readonly Job[]) => {
		if (result.ok) attached.add(result.value, jobs.map(probeOf));
		else
			failures.push(
				...jobs.map(({ request }) => ({ request, failure: result.failure })),
			);
	};
	for (const request of inFiringOrder(requests)) {
		const program = plan.programs[request.program];
		if (program === undefined || !isAttachable(request.target)) continue;
		const fd = object.programs.get(program.symbol);
		if (fd === undefined) {
			failures.push({ request, failure: notLoaded(request) });
			continue;
		}
		const job: Job = {
			request,
			fd,
			section: program.section,
			probe: request.probe,
			cookie: request.cookie,
		};
		if (multi.has(program.symbol)) grouped.push(job);
		else if (request.target.kind === "btf_tracepoint")
			attachOnce(context, job, shared, collect);
		else collect(attachOne(context, job, request.target), [job]);
	}
	attachGroups(context, grouped, collect);
	return { attached, failures };
}

/**
 * Of several programs at one place, the kernel runs some kinds in the order they were attached in and others the other
 * way round. They are to run in the order of the script.
 */
function inFiringOrder(
	requests: readonly AttachRequest[],
): readonly AttachRequest[] {
	const backwards = requests.filter(({ target }) => firesBackwards(target));
	return [
		...requests.filter(({ target }) => !firesBackwards(target)),
		...backwards.reverse(),
	];
}

function firesBackwards(target: AttachTarget): boolean {
	if (target.kind === "kprobe") return !target.ret;
	return ["uprobe", "tracing", "iter"].includes(target.kind);
}

/** A request together with its program. */
export interface Job extends Subject {
	readonly request: AttachRequest;
}

/** What tells a probe of the script from all others. */
function probeOf({ request: { probe, place } }: Job): string {
	return `${place.file}:${place.line}:${place.column} ${probe}`;
}

function isAttachable(target: AttachTarget): target is TargetOf<AttachKind> {
	return target.kind in byKind;
}

function attachOne(
	context: AttachContext,
	job: Job,
	target: TargetOf<AttachKind>,
): Result<Attachment> {
	// The table pairs each kind with the function for its targets; TypeScript can't follow that through an index.
	const attach = byKind[target.kind] as (
		c: AttachContext,
		s: Subject,
		t: TargetOf<AttachKind>,
	) => Result<Attachment>;
	return attach(context, job, target);
}

/** One link serves all places of such a program. */
function attachOnce(
	context: AttachContext,
	job: Job,
	links: Map<number, Result<Attachment>>,
	collect: (result: Result<Attachment>, jobs: readonly Job[]) => void,
): void {
	const known = links.get(job.fd);
	const nothing = { links: [], events: [] };
	if (known) collect(known.ok ? succeed(nothing) : known, [job]);
	else {
		const made = attachBtfTracepoint(context, job, { kind: "btf_tracepoint" });
		links.set(job.fd, made);
		collect(made, [job]);
	}
}

function notLoaded(request: AttachRequest): Failure {
	return fail("E0708", {
		probe: request.probe,
		why: "its program was not loaded",
	}).failure;
}

/** What is attached, until it is detached. The kernel detaches it too when the process ends, however it ends. */
export class Attachments {
	readonly #libc: Libc;
	readonly #probes = new Set<string>();
	#attachments: Attachment[] = [];

	constructor(libc: Libc) {
		this.#libc = libc;
	}

	add(attachment: Attachment, probes: readonly string[]): void {
		this.#attachments.push(attachment);
		for (const probe of probes) this.#probes.add(probe);
	}

	/** Probes attached to. The places of one USDT probe, of which there may be many, count as one. */
	get count(): number {
		return this.#probes.size;
	}

	/** Link file descriptors, in the order of attaching. */
	get links(): readonly number[] {
		return this.#attachments.flatMap((attachment) => attachment.links);
	}

	/** Runs the iterators, each once over all its objects. */
	runIterators(): Result<undefined> {
		for (const { run } of this.#attachments) {
			const result = run?.();
			if (result && !result.ok) return result;
		}
		return succeed(undefined);
	}

	/** Stops the programs at once; what only feeds them stays open, because closing that can be slow. */
	detach(): void {
		for (const { links } of this.#attachments)
			closeAttachment(this.#libc, { links, events: [] });
		this.#attachments = this.#attachments.map(({ events }) => ({
			links: [],
			events,
		}));
	}

	/** Detaches and closes everything. */
	close(): void {
		for (const attachment of this.#attachments)
			closeAttachment(this.#libc, attachment);
		this.#attachments = [];
	}
}
