// Many places with one link: kprobe multi and uprobe multi. Attaching 1,000 functions one by one takes seconds,
// together it takes milliseconds. Which programs go this way is decided before loading, because the kernel wants to be
// told when it loads them. A uprobe goes this way even alone: detaching it took 27 ms instead of 104 (Linux 6.18).
import type { AttachTarget, Plan } from "../../src/plan.ts";
import { AttachType } from "../bpf/link.ts";
import type { ProgramOptions } from "../bpf/load.ts";
import { Errno, type Result, succeed } from "../result.ts";
import type { Job } from "./all.ts";
import type { AttachContext, Attachment } from "./context.ts";
import { failAttach } from "./failure.ts";
import { attachKprobeGroup } from "./kprobe.ts";
import { attachUprobeGroup } from "./uprobe.ts";

/** Programs to be attached in groups, by symbol, with what they must be loaded with. */
export type MultiPrograms = ReadonlyMap<string, ProgramOptions>;

/** Which of the two this kernel has; see the features table. */
export interface MultiSupport {
	readonly kprobe: boolean;
	readonly uprobe: boolean;
}

/** Picks the programs that are worth it: all of their places are of a kind that can be grouped. */
export function chooseMulti(
	plan: Pick<Plan, "programs" | "attach">,
	support: MultiSupport,
): MultiPrograms {
	const targets = new Map<number, AttachTarget[]>();
	for (const { program, target } of plan.attach) {
		const known = targets.get(program);
		if (known) known.push(target);
		else targets.set(program, [target]);
	}
	const chosen = new Map<string, ProgramOptions>();
	for (const [index, list] of targets) {
		const program = plan.programs[index];
		if (!program) continue;
		// The kernel is asked last: to find out takes a millisecond.
		if (list.length > 1 && list.every(isGroupableKprobe) && support.kprobe) {
			chosen.set(program.symbol, {
				expectedAttachType: AttachType.kprobeMulti,
			});
		} else if (
			list.every((target) => target.kind === "uprobe") &&
			support.uprobe
		) {
			chosen.set(program.symbol, {
				expectedAttachType: AttachType.uprobeMulti,
			});
		}
	}
	return chosen;
}

function isGroupableKprobe(target: AttachTarget): boolean {
	return (
		target.kind === "kprobe" &&
		target.offset === 0 &&
		target.module === undefined
	);
}

/** Attaches all jobs in as few links as possible, and tells the outcome of each group of them. */
export function attachGroups(
	context: AttachContext,
	jobs: readonly Job[],
	onOutcome: (result: Result<Attachment>, jobs: readonly Job[]) => void,
): void {
	const groups = new Map<string, Job[]>();
	for (const job of jobs) {
		const key = groupKey(job);
		const known = groups.get(key);
		if (known) known.push(job);
		else groups.set(key, [job]);
	}
	for (const group of groups.values()) attachHalving(context, group, onOutcome);
}

function groupKey({ fd, request: { target } }: Job): string {
	if (target.kind === "uprobe")
		return [fd, target.ret, target.pid, target.path].join(" ");
	return target.kind === "kprobe" ? [fd, target.ret].join(" ") : String(fd);
}

// One bad place fails the whole link, and the kernel does not say which: halve until it stands alone.
function attachHalving(
	context: AttachContext,
	jobs: readonly Job[],
	onOutcome: (result: Result<Attachment>, jobs: readonly Job[]) => void,
): void {
	const [first] = jobs;
	if (!first) return;
	const link = attachTogether(context, jobs);
	if (link >= 0) {
		onOutcome(succeed({ links: [link], events: [] }), jobs);
		return;
	}
	if (jobs.length === 1 || !isPlaceError(-link)) {
		for (const job of jobs)
			onOutcome(failAttach(context, job, -link, explainPlace(-link)), [job]);
		return;
	}
	const middle = jobs.length >> 1;
	attachHalving(context, jobs.slice(0, middle), onOutcome);
	attachHalving(context, jobs.slice(middle), onOutcome);
}

function isPlaceError(errno: number): boolean {
	return [
		Errno.EINVAL,
		Errno.ENOENT,
		Errno.ESRCH,
		Errno.EBUSY,
		Errno.EADDRNOTAVAIL,
	].includes(errno);
}

function explainPlace(errno: number): string | undefined {
	return errno === Errno.ESRCH || errno === Errno.ENOENT
		? "it is not there, or can't be traced"
		: undefined;
}

function attachTogether(context: AttachContext, jobs: readonly Job[]): number {
	const [first] = jobs;
	const target = first?.request.target;
	const targets = jobs.map((job) => job.request.target);
	const cookies = jobs.some((job) => job.cookie)
		? jobs.map((job) => job.cookie ?? 0)
		: undefined;
	if (first && target?.kind === "kprobe") {
		const functions = targets.flatMap((t) =>
			t.kind === "kprobe" ? [t.function] : [],
		);
		return attachKprobeGroup(context, {
			fd: first.fd,
			functions,
			cookies,
			ret: target.ret,
		});
	}
	if (first && target?.kind === "uprobe") {
		const places = targets.flatMap((t) => (t.kind === "uprobe" ? [t] : []));
		const { path, pid, ret } = target;
		const offsets = places.map((t) => t.offset);
		const semaphores = places.some((t) => t.semaphore)
			? places.map((t) => t.semaphore)
			: undefined;
		return attachUprobeGroup(context, {
			fd: first.fd,
			path,
			pid,
			ret,
			offsets,
			semaphores,
			cookies,
		});
	}
	return -Errno.EINVAL;
}
