// What users without rights are told on this very machine, whoever runs the test: types by BTF, nothing loaded.
import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { explain } from "../../src/commands/explain.ts";
import { defaultOptions } from "../../src/commands/options.ts";
import type { Explanation } from "../../src/explain/explanation.ts";

const hasBtf = existsSync("/sys/kernel/btf/vmlinux");

async function explainUnprivileged(
	text: string,
	diagnostics = new Diagnostics(),
): Promise<Explanation | undefined> {
	return explain({
		source: new Source("-e", text),
		parameters: [],
		options: defaultOptions(),
		diagnostics,
		privileges: { trace: false, root: false },
	});
}

describe.runIf(hasBtf)("without root", () => {
	const scripts = {
		"fields of a tracepoint":
			"tracepoint:sched:sched_switch { @[args.next_comm] = count(); }",
		"parameters of a system call":
			"tracepoint:syscalls:sys_enter_openat { print(str(args.filename)); }",
		"the record of a class of events":
			"tracepoint:block:block_rq_issue { @ = sum(args.bytes); }",
		"a kernel's struct":
			"rawtracepoint:sched_switch { @[args.next.comm] = count(); }",
		"a timer": "profile:hz:99 { @[kstack] = count(); }",
	};

	it.each(Object.entries(scripts))("%s are known", async (_, text) => {
		const diagnostics = new Diagnostics();
		const explanation = await explainUnprivileged(text, diagnostics);
		expect(diagnostics.all).toEqual([]);
		const [program] = explanation?.programs ?? [];
		expect(program?.instructions.length).toBeGreaterThan(3);
		expect(program?.verified).toBeUndefined();
	});

	it("says what is missing, and why", async () => {
		const explanation = await explainUnprivileged("begin { exit(); }");
		const missing = explanation?.missing.map((m) => `${m.what}: ${m.why}`);
		expect(missing?.length).toBe(2);
		expect(missing?.join()).toContain(
			"how often the probes fire: no permission to load",
		);
	});

	it("does not guess which tracepoint was meant", async () => {
		const diagnostics = new Diagnostics();
		await explainUnprivileged(
			"tracepoint:sched:sched_swich { print(args.nothing); }",
			diagnostics,
		);
		expect(diagnostics.all.map((d) => d.code)).toContain("E0702");
	});
});
