// What is read out of verifier logs, as several kernels word them.
import { expect, test } from "vitest";
import { readVerifierLog } from "../../runtime/bpf/verifier-log.ts";

test("the verdict, its line and the instruction before it (Linux 6.9 and newer)", () => {
	const log = [
		"0: R1=ctx() R10=fp0",
		"; @x = *(uint64 *)$p; @ one.bt:3",
		"5: (79) r1 = *(u64 *)(r7 +0)",
		"R7 invalid mem access 'scalar'",
		"processed 6 insns (limit 1000000) max_states_per_insn 0",
	].join("\n");
	expect(readVerifierLog(log)).toMatchObject({
		reason: "R7 invalid mem access 'scalar'",
		file: "one.bt",
		line: 3,
		telling: ["0: R1=ctx() R10=fp0", "5: (79) r1 = *(u64 *)(r7 +0)"],
		rule: { help: expect.stringContaining("check the pointer") },
	});
});

test("states that are listed after the verdict do not hide it", () => {
	const log = [
		"; while (1) { @++; } @ one.bt:0",
		"infinite loop detected at insn 54",
		"cur state: R0=map_value(map=m_,ks=4,vs=8)",
		"old state: R0=map_value(map=m_,ks=4,vs=8)",
		"processed 60 insns (limit 1000000)",
	].join("\n");
	const verdict = readVerifierLog(log);
	expect(verdict.reason).toBe("infinite loop detected at insn 54");
	expect(verdict.line).toBeUndefined();
	expect(verdict.rule?.help).toContain("for ($i : 0..10)");
});

test("the text of the line where the kernel gives no number (before Linux 6.9)", () => {
	const log =
		"; $x = *(uint8 *)0;\n3: (71) r1 = *(u8 *)(r1 +0)\nR1 invalid mem access 'inv'\n";
	expect(readVerifierLog(log)).toMatchObject({
		text: "$x = *(uint8 *)0;",
		reason: "R1 invalid mem access 'inv'",
	});
});

test("the helper that may not be called there", () => {
	const log =
		"18: (85) call bpf_d_path#147\nhelper call is not allowed in probe\nprocessed 19 insns\n";
	expect(readVerifierLog(log)).toMatchObject({
		reason: "helper call is not allowed in probe",
		helper: "bpf_d_path",
		rule: { help: expect.stringContaining("another probe") },
	});
});

test("what is not recognised is shown as it is", () => {
	const verdict = readVerifierLog(
		"7: (85) call 400\nnew words of a newer kernel\nprocessed 8 insns\n",
	);
	expect(verdict).toMatchObject({
		reason: "new words of a newer kernel",
		telling: ["7: (85) call 400"],
	});
	expect(verdict.rule).toBeUndefined();
});
