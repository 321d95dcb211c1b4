// Whether the processor's breakpoints happen: under some hypervisors the kernel takes them and none is ever hit.
import { readSync } from "node:fs";
import { PerfType, perfAttr } from "../attach/perf-event.ts";
import type { Kernel } from "../ffi/kernel.ts";

/** `HW_BREAKPOINT_W` */
const WRITE = 2;
const BYTES = 8;

/** Watches eight bytes of our own, writes to them, and asks how often that was seen. */
export function tryBreakpoint({ ffi, libc }: Kernel): boolean {
	const watched = ffi.allocate(BYTES);
	const attr = perfAttr(libc, PerfType.breakpoint, 0)
		.u32(52, WRITE)
		.u64(56, watched.address)
		.u64(64, BYTES);
	// This thread alone.
	const event = libc.perfEventOpen(attr, 0, -1);
	if (event < 0) return false;
	watched.view.setBigUint64(0, 1n, true);
	const count = Buffer.alloc(BYTES);
	readSync(event, count);
	libc.call.close(event);
	return count.readBigUInt64LE() > 0n;
}
