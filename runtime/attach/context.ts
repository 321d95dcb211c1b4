// What every kind of attachment takes and gives.
import type { AttachTarget } from "../../src/plan.ts";
import type { Kernel } from "../ffi/kernel.ts";
import type { Libc } from "../ffi/libc.ts";
import { readCpuList } from "../machine/cpus.ts";
import { type Result, succeed } from "../result.ts";

/** Addresses of a kernel function, for those that a name alone does not single out. */
export type ResolveFunction = (
	name: string,
	module: string | undefined,
) => readonly bigint[];

export interface AttachContext {
	readonly libc: Libc;
	readonly fileLimit: number;
	readonly onlineCpus: readonly number[];
	/** Where tracefs is mounted; undefined when it isn't. */
	readonly tracefs: string | undefined;
	readonly resolveFunction: ResolveFunction;
}

export function makeAttachContext(
	kernel: Kernel,
	tracefs: string | undefined,
	resolveFunction: ResolveFunction = () => [],
): AttachContext {
	const { libc, fileLimit } = kernel;
	return {
		libc,
		fileLimit,
		onlineCpus: readCpuList("online"),
		tracefs,
		resolveFunction,
	};
}

/** The CPU to name where the kernel wants one and it does not matter which. */
export function anyCpu(context: AttachContext): number {
	return context.onlineCpus[0] ?? 0;
}

/**
 * File descriptors that keep a program attached. Closing `links` stops it at once. `events` are perf events that feed
 * them: closing one of a tracepoint waits for several RCU grace periods (some 70 ms on one machine).
 */
export interface Attachment {
	readonly links: readonly number[];
	readonly events: readonly number[];
	/** Runs what no event does: an iterator. */
	readonly run?: (() => Result<undefined>) | undefined;
}

export function closeAttachment(libc: Libc, attachment: Attachment): void {
	for (const fd of attachment.links) libc.call.close(fd);
	for (const fd of attachment.events) libc.call.close(fd);
}

/** Attaches to every one of `places`, or to none. Places that fail with `skip` are passed over. */
export function attachEach<T>(
	libc: Libc,
	places: readonly T[],
	attach: (place: T) => Result<Attachment>,
	skip?: number,
): Result<Attachment> {
	const links: number[] = [];
	const events: number[] = [];
	for (const place of places) {
		const one = attach(place);
		if (one.ok) {
			links.push(...one.value.links);
			events.push(...one.value.events);
		} else if (one.failure.errno !== skip) {
			closeAttachment(libc, { links, events });
			return one;
		}
	}
	return succeed({ links, events });
}

/** One program to attach. */
export interface Subject {
	readonly fd: number;
	/** ELF section of the program. */
	readonly section: string;
	/** The probe's name, for messages. */
	readonly probe: string;
	readonly cookie: number | undefined;
}

/** The targets of one kind. */
export type TargetOf<
	K extends AttachTarget["kind"],
	T = AttachTarget,
> = T extends { readonly kind: infer TK } ? (K extends TK ? T : never) : never;

/** Attaches one program to one place. */
export type Attach<K extends AttachTarget["kind"]> = (
	context: AttachContext,
	subject: Subject,
	target: TargetOf<K>,
) => Result<Attachment>;
