// Counts how often tracepoints are passed, by the kernel's own counters. Programs that share a tracepoint with others,
// as all system calls do, run more often than what they are for.
import { readSync } from "node:fs";
import { PerfType, perfAttr } from "../attach/perf-event.ts";
import type { Libc } from "../ffi/libc.ts";
import { readCpuList } from "../machine/cpus.ts";

export interface TracepointCounters {
	/** Passes so far, by what the counters were opened for. */
	read(): ReadonlyMap<string, number>;
	close(): void;
}

/** `ids`: numbers of tracepoints, as tracefs has them. What cannot be counted is left out. */
export function openTracepointCounters(
	libc: Libc,
	ids: ReadonlyMap<string, readonly number[]>,
): TracepointCounters {
	const open = new Map<string, number[]>();
	const cpus = readCpuList("online");
	for (const [name, numbers] of ids) {
		const fds = numbers.flatMap((id) =>
			cpus.map((cpu) =>
				libc.perfEventOpen(perfAttr(libc, PerfType.tracepoint, id), -1, cpu),
			),
		);
		open.set(name, fds);
	}
	return {
		read() {
			const counts = [...open].flatMap(([name, fds]) =>
				fds.some((fd) => fd < 0) ? [] : [[name, sum(fds)] as const],
			);
			return new Map(counts);
		},
		close() {
			for (const fd of [...open.values()].flat())
				if (fd >= 0) libc.call.close(fd);
		},
	};
}

function sum(fds: readonly number[]): number {
	const buffer = Buffer.alloc(8);
	let total = 0;
	for (const fd of fds) {
		readSync(fd, buffer, 0, 8, null);
		total += Number(buffer.readBigUInt64LE());
	}
	return total;
}
