// How often the kernel lets a clock event happen.
import { readFileSync } from "node:fs";

const path = "/proc/sys/kernel/perf_event_max_sample_rate";

/** Why a clock of that rate can't be had; undefined when its rate is not the reason. */
export function excessiveRate({
	unit,
	every,
}: {
	readonly unit: "period" | "frequency";
	readonly every: number;
}): string | undefined {
	if (unit !== "frequency") return undefined;
	const most = readMost();
	return most !== undefined && every > most
		? `the kernel allows ${most} times a second at most (${path})`
		: undefined;
}

function readMost(): number | undefined {
	try {
		return Number(readFileSync(path, "utf8"));
	} catch {
		return undefined;
	}
}
