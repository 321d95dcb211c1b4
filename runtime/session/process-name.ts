// The name of kask's own process, which scripts see as `comm` in `begin`, and people in ps.
import { writeFileSync } from "node:fs";
import { basename } from "node:path";

/** What was started by another name (a link, `exec -a`) keeps it; Node's own name would tell nobody anything. */
export function nameProcess(name: string): void {
	const { KASK_NAME: linked } = process.env;
	// Of no concern to the programs that kask starts.
	delete process.env.KASK_NAME;
	const given = linked ?? basename(process.argv0);
	const own = /^node(js)?(-?\d+)?$/.test(given) ? name : given;
	try {
		writeFileSync("/proc/self/comm", own);
	} catch {
		// Only a name: without /proc it stays Node's.
	}
}
