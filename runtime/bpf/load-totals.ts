// A load that also tells what the verifier says of each program it takes: how many instructions it followed, in how
// many states.
import type { Kernel } from "../ffi/kernel.ts";
import { Errno, fail, type Result } from "../result.ts";
import {
	type LoadedObject,
	type LoadOptions,
	logLevel,
	openObject,
	openWithLogs,
} from "./load.ts";

/** The verifier's last line, by the program's name in the object. */
export type Totals = ReadonlyMap<string, string>;

/** More than totals ever take; each program has a log of its own. */
const MOST_LOG_BYTES = 1 << 16;

/** As `openObject`. E0716 where the script's log has no room for the totals. */
export function openWithTotals(
	kernel: Kernel,
	bytes: Uint8Array,
	options: LoadOptions,
	onTotals: (totals: Totals) => void,
): Result<LoadedObject> {
	const room = Math.min(options.logSize ?? MOST_LOG_BYTES, MOST_LOG_BYTES);
	const log = { bytes: room, level: logLevel.totals };
	const { object, logs, errno } = openWithLogs(kernel, bytes, options, log);
	if (object.ok) onTotals(lastOf(logs));
	if (object.ok) return object;
	// Whatever else is wrong is best told at the usual level.
	const usual = openObject(kernel, bytes, options);
	// EINVAL: kernels before 6.4 do not look at a program when its log has less than 128 bytes.
	const hasRoom = errno !== Errno.ENOSPC && errno !== Errno.EINVAL;
	if (!usual.ok || hasRoom) return usual;
	usual.value.close();
	return fail("E0716", { bytes: room });
}

function lastOf(logs: ReadonlyMap<string, string>): Totals {
	const totals = new Map<string, string>();
	for (const [name, log] of logs) {
		const line = log.split("\n").findLast((l) => l.startsWith("processed "));
		if (line !== undefined) totals.set(name, line);
	}
	return totals;
}
