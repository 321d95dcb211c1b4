// The kernel's perf sources for dynamic probes (`kprobe`, `uprobe`): their numbers and option bits, read from sysfs.
import { readFileSync } from "node:fs";

export interface ProbeSource {
	readonly type: number;
	/** Value of perf's config that makes it a return probe. */
	readonly returnConfig: bigint;
	/** Bits to shift a semaphore's file offset by; uprobes only. */
	readonly semaphoreShift: number;
}

const cache = new Map<string, ProbeSource | undefined>();

/** Undefined where the kernel was built without it. */
export function readProbeSource(
	name: "kprobe" | "uprobe",
): ProbeSource | undefined {
	if (!cache.has(name))
		cache.set(name, read(`/sys/bus/event_source/devices/${name}`));
	return cache.get(name);
}

function read(folder: string): ProbeSource | undefined {
	const type = firstNumber(`${folder}/type`);
	if (type === undefined) return undefined;
	const returnBit = firstNumber(`${folder}/format/retprobe`) ?? 0;
	const semaphoreShift = firstNumber(`${folder}/format/ref_ctr_offset`) ?? 32;
	return { type, returnConfig: 1n << BigInt(returnBit), semaphoreShift };
}

/** `9`, and the 32 of `config:32-63`. */
function firstNumber(path: string): number | undefined {
	try {
		const digits = /\d+/.exec(readFileSync(path, "latin1"));
		return digits ? Number(digits[0]) : undefined;
	} catch {
		return undefined;
	}
}
