// The name of kask's own process, which scripts see as `comm` in `begin`, people in ps, and pidof and pkill go by.
import {
	closeSync,
	openSync,
	readFileSync,
	writeFileSync,
	writeSync,
} from "node:fs";
import { basename } from "node:path";

/** Fields 48 and 49 of proc(5)'s stat, counted from behind the name in brackets, which is the second. */
const ARGUMENTS_BEGIN = 48 - 3;

/** What was started by another name (a link, `exec -a`) keeps it; Node's own name would tell nobody anything. */
export function nameProcess(name: string): void {
	const { KASK_NAME: linked } = process.env;
	// Of no concern to the programs that kask starts.
	delete process.env.KASK_NAME;
	const given = linked ?? basename(process.argv0);
	const own = /^node(js)?(-?\d+)?$/.test(given) ? name : given;
	try {
		writeFileSync("/proc/self/comm", own);
		if (own !== given || linked !== undefined)
			showCommandLine([own, ...process.argv.slice(2)]);
	} catch {
		// Only a name: without /proc it stays Node's.
	}
}

/** Puts the words where the kernel reads a process's command line: those of Node and its options are longer. */
function showCommandLine(words: readonly string[]): void {
	const stat = readFileSync("/proc/self/stat", "latin1");
	const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
	const begin = Number(fields[ARGUMENTS_BEGIN]);
	const room = Number(fields[ARGUMENTS_BEGIN + 1]) - begin;
	const text = Buffer.alloc(room);
	// The last byte stays 0: without it the kernel would go on reading what stands behind.
	if (text.write(`${words.join("\0")}\0`) >= room) return;
	const memory = openSync("/proc/self/mem", "r+");
	writeSync(memory, text, 0, room, begin);
	closeSync(memory);
}
