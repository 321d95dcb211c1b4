// The tracepoint most like a kernel function, for kernels or functions that can't be probed. Names are compared word by
// word: `tcp_retransmit_skb` is like tracepoint:tcp:tcp_retransmit_skb, `vfs_read` like tracepoint:syscalls:sys_enter_read.
import type { ProbeEnvironment } from "./definition.ts";

/** Words that say nothing about what a function does. */
const fillers = new Set([
	"",
	"do",
	"sys",
	"x64",
	"arm64",
	"se",
	"ia32",
	"compat",
	"ksys",
	"vfs",
	"kernel",
	"internal",
	"common",
	"impl",
	"fn",
	"get",
	"set",
	"rcu",
	"raw",
	"generic",
	"file",
	"new",
	"finish",
]);
const synonyms: Readonly<Record<string, string>> = {
	blk: "block",
	openat2: "openat",
	task: "process",
	kfree: "free",
	execveat: "execve",
};

/** Categories of the kernel's core; events of a driver or file system are only like functions that name it. */
const core = new Set([
	"block",
	"exceptions",
	"filemap",
	"irq",
	"kmem",
	"net",
	"oom",
	"sched",
	"signal",
	"skb",
	"sock",
	"syscalls",
	"task",
	"tcp",
	"timer",
	"udp",
	"vmscan",
	"workqueue",
	"writeback",
]);
const leastScore = 0.35;

/** Full name of the probe, or undefined where none has much in common with the function. */
export function similarProbe(
	func: string,
	environment: ProbeEnvironment,
): string | undefined {
	const events = allEvents(environment);
	const wanted = new Set(words(func));
	if (wanted.size === 0) return undefined;
	const frequency = countWords(events);
	// A word that no tracepoint has can't be found in one, so it counts little.
	const weight = (word: string): number => {
		const count = frequency.get(word);
		return count === undefined ? 1 : Math.log((events.length + 1) / count);
	};
	let best: string | undefined;
	let bestScore = 0;
	for (const { category, event, inEvent } of events) {
		if (!core.has(category) && !wanted.has(category)) continue;
		const score = similarity(wanted, inEvent, category, weight);
		if (score > bestScore) {
			bestScore = score;
			best = `tracepoint:${category}:${event}`;
		}
	}
	return bestScore >= leastScore ? best : undefined;
}

/** The same for what a function returns: that of a system call is told at its end. */
export function similarReturn(
	func: string,
	environment: ProbeEnvironment,
): string | undefined {
	return similarProbe(func, environment)?.replace(
		"tracepoint:syscalls:sys_enter_",
		"tracepoint:syscalls:sys_exit_",
	);
}

interface EventWords {
	readonly category: string;
	readonly event: string;
	readonly inEvent: ReadonlySet<string>;
}

function allEvents(environment: ProbeEnvironment): readonly EventWords[] {
	return (environment.tracepointCategories() ?? []).flatMap((category) =>
		environment
			.tracepointEvents(category)
			// What comes back from a system call is near too, but its entry has the arguments.
			.filter((event) => !event.startsWith("sys_exit_"))
			.map((event) => ({ category, event, inEvent: new Set(words(event)) })),
	);
}

function words(name: string): readonly string[] {
	return name
		.replace(/^sys_enter_/, "")
		.toLowerCase()
		.replace("wakeup", "wake_up")
		.split("_")
		.map((word) => synonyms[word] ?? word)
		.filter((word) => !fillers.has(word));
}

function countWords(
	events: readonly EventWords[],
): ReadonlyMap<string, number> {
	const counts = new Map<string, number>();
	for (const { inEvent } of events) {
		for (const word of inEvent) counts.set(word, (counts.get(word) ?? 0) + 1);
	}
	return counts;
}

/** Weight of what both share over the weight of all: 1 for equal names. A system call is preferred, being best known. */
function similarity(
	wanted: ReadonlySet<string>,
	offered: ReadonlySet<string>,
	category: string,
	weight: (word: string) => number,
): number {
	let shared = 0;
	let all = 0;
	for (const word of new Set([...wanted, ...offered])) {
		const heavy = weight(word);
		// `sched_switch` in the category sched says no more than `switch` does.
		if (word !== category || wanted.has(word)) all += heavy;
		if (wanted.has(word) && offered.has(word)) shared += heavy;
	}
	if (all === 0 || shared === 0) return 0;
	return shared / all + (category === "syscalls" ? 0.01 : 0);
}
