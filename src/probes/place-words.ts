// What is known of the context of well-known tracepoints: who runs there, and whether pid and comm mean anything.
// From the kernel's own sources: kernel/sched/core.c, kernel/entry, block/blk-mq.c, kernel/softirq.c, include/trace/events.

const places: readonly (readonly [pattern: RegExp, words: string])[] = [
	[
		/:(raw_)?syscalls:sys_enter|^rawtracepoint:(\w+:)?sys_enter$/,
		"at the start of a system call, in the thread that makes it, before the kernel has done anything for it",
	],
	[
		/:(raw_)?syscalls:sys_exit|^rawtracepoint:(\w+:)?sys_exit$/,
		"at the end of a system call, in the thread that made it; a result below zero is an error's number",
	],
	[
		/:sched_switch$/,
		"in the scheduler, with interrupts off; pid and comm are still those of the thread that leaves the CPU (prev)",
	],
	[
		/:sched_waking$/,
		"in whoever wakes the thread; pid and comm are the waker's",
	],
	[
		/:sched_wakeup$/,
		"when the thread has become runnable, which may be on another CPU than the waker's; pid and comm need not be the waker's",
	],
	[/:sched_wakeup_new$/, "in the parent, when a new thread may first run"],
	[/:sched_process_fork$/, "in the parent"],
	[
		/:sched_process_exec$/,
		"in the process itself, once the new program is in place; comm is the new name",
	],
	[/:sched_process_exit$/, "in the thread that ends, once for each thread"],
	[
		/:irq_handler_(entry|exit)$/,
		"in the interrupt itself; pid and comm are of whoever was interrupted",
	],
	[
		/:softirq_(entry|exit)$/,
		"in a soft interrupt; pid and comm are of whoever was interrupted, or of the thread ksoftirqd",
	],
	[
		/:block_rq_issue$/,
		"where a request goes to the driver: in the process that asked for it, or in a kernel thread that works the queue off",
	],
	[
		/:block_(rq_complete|bio_complete|io_done)$/,
		"where a request is done: mostly in an interrupt, so that pid and comm are of whoever was interrupted",
	],
	[
		/:timer_expire_(entry|exit)$/,
		"in the soft interrupt of the timers; pid and comm are of whoever was interrupted",
	],
	[
		/:(napi_poll|netif_receive_skb|tcp_retransmit_skb)$/,
		"mostly in a soft interrupt; pid and comm are then of whoever was interrupted",
	],
];

/** Of a probe by its full name; undefined where no more is known than of all probes of its kind. */
export function placeWords(probe: string): string | undefined {
	return places.find(([pattern]) => pattern.test(probe))?.[1];
}
