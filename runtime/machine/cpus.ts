// Which CPUs there are: per-CPU map values have one cell for each possible CPU, perf events are opened on online ones.
import { readFileSync } from "node:fs";

/** Parses the kernel's list format: `0-3,8,10-11`. */
export function parseCpuList(text: string): number[] {
	const cpus: number[] = [];
	for (const part of text.trim().split(",")) {
		const [from, to] = part.split("-").map(Number);
		if (part === "" || from === undefined) continue;
		for (let cpu = from; cpu <= (to ?? from); cpu++) cpus.push(cpu);
	}
	return cpus;
}

export function readCpuList(which: "possible" | "online"): number[] {
	return parseCpuList(readFileSync(`/sys/devices/system/cpu/${which}`, "utf8"));
}

let possible: number | undefined;

/** Cells in a per-CPU value: one for each possible CPU, in their order. */
export function possibleCpuCount(): number {
	possible ??= readCpuList("possible").length;
	return possible;
}
