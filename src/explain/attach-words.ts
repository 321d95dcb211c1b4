// How the kernel comes to run a program at a probe, in words.
import type { AttachTarget } from "../plan.ts";

const words: Readonly<Record<AttachTarget["kind"], string>> = {
	begin:
		"to nothing: kask runs it itself, once, before the others are attached",
	end: "to nothing: kask runs it itself, once, when the others are detached",
	signal: "to nothing: kask runs it itself when it gets the signal",
	test: "to nothing: kask runs it itself, under --test",
	bench: "to nothing: kask runs it itself, again and again, under --bench",
	tracepoint:
		"to the tracepoint by a perf event: the kernel fills in the record of the tracepoint's fields first",
	raw_tracepoint:
		"as a raw tracepoint: no record is filled in, which costs about half",
	btf_tracepoint:
		"as a raw tracepoint whose arguments have types, so that pointers among them can be followed",
	kprobe:
		"by an instruction at that place which the kernel replaces while the probe is there",
	kprobe_address:
		"by an instruction at that address which the kernel replaces while the probe is there",
	tracing:
		"by a call that the kernel puts at the function's entry (a BPF trampoline)",
	iter: "as an iterator, which kask reads from its start to its end, once",
	uprobe:
		"by a breakpoint in the file, which the kernel puts into every process that has the place mapped",
	interval: "to a perf event of the CPU's clock, on one CPU",
	profile: "to perf events of the CPU's clock, one for each CPU",
	watchpoint: "to a hardware breakpoint of the processor",
	perf_event: "to perf events, which count and interrupt at each period",
};

/** `allCalls`: its program is for some system calls, and stands where all of them pass. */
export function attachWords(target: AttachTarget, allCalls: boolean): string {
	if (allCalls)
		return "as a raw tracepoint that all system calls pass: the program looks at the call's number first, and leaves where it is another; that costs less than the record which the kernel would fill in for the one call";
	if (
		target.kind === "raw_tracepoint" &&
		/^sys_(enter|exit)$/.test(target.name)
	)
		return `as a raw tracepoint on ${target.name}, which all system calls pass: no record is filled in`;
	if (target.kind === "uprobe" && target.ret)
		return "by a breakpoint in the file at the function's entry, where the kernel puts another return address on the stack";
	if (target.kind === "kprobe" && target.ret)
		return "by a probe at the function's entry, where the kernel puts another return address on the stack";
	return words[target.kind];
}
