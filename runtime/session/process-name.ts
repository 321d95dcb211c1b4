// The name of kask's own process, which scripts see as `comm` in `begin`, and people in ps.
import { writeFileSync } from "node:fs";
import { basename } from "node:path";

/** What was started by another name (`exec -a`) keeps it; Node's own name would tell nobody anything. */
export function nameProcess(name: string): void {
	const given = basename(process.argv0);
	const own = /^node(js)?(-?\d+)?$/.test(given) ? name : given;
	try {
		writeFileSync("/proc/self/comm", own);
	} catch {
		// Only a name: without /proc it stays Node's.
	}
}
