// What the verifier says, in words: lines as Linux 6.1 and 6.18 print them.
import { describe, expect, test } from "vitest";
import { registerWords, slotWords } from "../../runtime/explain/state-words.ts";
import { readVerifierStates } from "../../runtime/explain/verifier-states.ts";

const mapName = (symbol: string): string => symbol.replace(/^m_/, "@");

const registers: readonly [state: string, words: string][] = [
	["ctx()", "a pointer to the context"],
	["ctx(off=0,imm=0)", "a pointer to the context"],
	["ctx(off=8,imm=0)", "a pointer to the context, 8 bytes into it"],
	["fp0", "the top of the stack"],
	["fp-24", "an address on the stack, 24 bytes below its top"],
	["0", "the number 0"],
	["P16", "the number 16"],
	["-1", "the number -1"],
	["0x100000000", "the number 0x100000000"],
	["-9223372036854775808", "the number -0x8000000000000000"],
	[
		"scalar(umin=9223372036854775808)",
		"a number from 0x8000000000000000 up, without a sign",
	],
	["scalar()", "any number"],
	["scalar(id=3)", "any number"],
	["scalar(umin=1)", "a number from 1 up, without a sign"],
	["scalar(umax=255,var_off=(0x0; 0xff))", "a number from 0 to 255"],
	[
		"scalar(smin=smin32=0,smax=umax=smax32=umax32=1023,var_off=(0x0; 0x3ff))",
		"a number from 0 to 1023",
	],
	["scalar(smin=-1,smax=0)", "a number from -1 to 0"],
	[
		"scalar(smax=-1,umin=0x8000000000000000,var_off=(0x8000000000000000; 0x7fffffffffffffff))",
		"a number up to -1",
	],
	["scalar(var_off=(0x0; 0xff00))", "a number of the bits 0xff00"],
	["map_ptr(map=m_start,ks=4,vs=8)", "the map @start"],
	[
		"map_ptr(off=0,ks=4,vs=8,imm=0)",
		"a map with keys of 4 bytes and values of 8",
	],
	[
		"map_value_or_null(id=1,map=m_us,ks=20,vs=16)",
		"a pointer to a value of @us (16 bytes), or null",
	],
	[
		"map_value(off=8,ks=20,vs=16,imm=0)",
		"a pointer to a value of a map (16 bytes), 8 bytes into it",
	],
	[
		"ringbuf_mem_or_null(id=2,ref_obj_id=2,sz=32)",
		"a pointer to a record of the ring buffer (32 bytes), or null",
	],
	[
		"trusted_ptr_task_struct(off=2000,imm=0)",
		"a pointer to a struct task_struct of the kernel's, 2000 bytes into it",
	],
	[
		"untrusted_ptr_file()",
		"a pointer to a struct file of the kernel's that may point to nothing",
	],
	["func(off=0,imm=0)", "a function of this program"],
	["something_new(x=1)", "something_new(x=1)"],
];

test.each(registers)("%s", (state, words) => {
	expect(registerWords(state, mapName)).toBe(words);
});

const slots: readonly [
	slot: string,
	state: string,
	words: readonly (readonly [string, string])[],
][] = [
	["fp-8", "mmmm????", [["fp-4 to fp-1", "written"]]],
	["fp-8", "????mmmm", [["fp-8 to fp-5", "written"]]],
	["fp-16", "00000000", [["fp-16 to fp-9", "zero"]]],
	[
		"fp-8",
		"m??0mmmm",
		[
			["fp-1", "written"],
			["fp-4", "zero"],
			["fp-8 to fp-5", "written"],
		],
	],
	["fp-16", "scalar(id=1)", [["fp-16", "holds any number"]]],
	[
		"fp-8",
		"mmmm64",
		[
			["fp-8 to fp-5", "holds the number 64"],
			["fp-4 to fp-1", "written"],
		],
	],
];

test.each(slots)("%s=%s", (slot, state, words) => {
	expect(slotWords(slot, state, mapName)).toEqual(words);
});

const logs = {
	"Linux 6.18": `func#0 @0
Live regs before insn:
      0: .......... (85) call bpf_get_current_pid_tgid#14
0: R1=ctx() R10=fp0
; tracepoint:raw_syscalls:sys_exit @ one.bt:1
0: (85) call bpf_get_current_pid_tgid#14      ; R0=scalar()
1: (63) *(u32 *)(r10 -4) = r0         ; R0=scalar() R10=fp0 fp-8=mmmm????
2: (18) r1 = 0xffff88819b3dcc00       ; R1=map_ptr(map=m_x,ks=4,vs=8)
4: (85) call bpf_map_lookup_elem#1    ; R0=map_value_or_null(id=1,map=m_x,ks=4,vs=8)
5: (15) if r0 == 0x0 goto pc+1        ; R0=map_value(map=m_x,ks=4,vs=8)
6: (79) r1 = *(u64 *)(r0 +0)          ; R0=map_value(map=m_x,ks=4,vs=8) R1=scalar()
7: (b4) w0 = 0                        ; R0=0
8: (95) exit

from 5 to 7: R0=0 R10=fp0 fp-8=mmmm????
7: (b4) w0 = 0                        ; R0=0
8: (95) exit
verification time 510 usec
stack depth 16+8
processed 10 insns (limit 1000000) max_states_per_insn 0 total_states 2 peak_states 2 mark_read 0
`,
	"Linux 6.1": `func#0 @0
0: R1=ctx(off=0,imm=0) R10=fp0
; tracepoint:raw_syscalls:sys_exit
0: (85) call bpf_get_current_pid_tgid#14       ; R0_w=scalar()
1: (63) *(u32 *)(r10 -4) = r0         ; R0_w=scalar() R10=fp0 fp-8=mmmm????
2: (18) r1 = 0xffff888003d3f800       ; R1_w=map_ptr(off=0,ks=4,vs=8,imm=0)
4: (85) call bpf_map_lookup_elem#1    ; R0_w=map_value_or_null(id=1,off=0,ks=4,vs=8,imm=0)
5: (15) if r0 == 0x0 goto pc+1        ; R0=map_value(off=0,ks=4,vs=8,imm=0)
6: (79) r1 = *(u64 *)(r0 +0)          ; R0=map_value(off=0,ks=4,vs=8,imm=0) R1_w=scalar()
7: (b4) w0 = 0                        ; R0_w=0
8: (95) exit

from 5 to 7: R0=0 R10=fp0 fp-8=mmmm????
7: (b4) w0 = 0                        ; R0_w=0
8: (95) exit
verification time 2400 usec
stack depth 16+8
processed 10 insns (limit 1000000) max_states_per_insn 0 total_states 2 peak_states 2 mark_read 1
`,
};

describe.each(Object.entries(logs))("the log of %s", (kernel, log) => {
	const { byInstruction, totals } = readVerifierStates(log, mapName);
	const known = (index: number) => byInstruction.get(index)?.known;
	const map = kernel === "Linux 6.1" ? "a map" : "@x";

	test("is read instruction by instruction", () => {
		expect(known(0)).toEqual(["r0: any number"]);
		expect(known(1)).toEqual(["fp-4 to fp-1: written"]);
		expect(known(4)).toEqual([
			`r0: a pointer to a value of ${map} (8 bytes), or null`,
		]);
		expect(known(6)).toEqual(["r1: any number"]);
		expect(known(8)).toEqual([]);
	});

	test("tells what a jump has taught, on both of its ways", () => {
		expect(known(5)).toEqual([`r0: a pointer to a value of ${map} (8 bytes)`]);
		expect(known(7)).toEqual(["r0: the number 0"]);
		expect(byInstruction.get(7)?.visits).toBe(2);
	});

	test("ends with the totals", () => {
		expect(totals).toMatchObject({ checked: 10, limit: 1_000_000 });
		expect(totals?.stack).toEqual([16, 8]);
		expect(totals?.microseconds).toBeGreaterThan(0);
	});
});

test("a state that stands before the next instruction belongs to the one before", () => {
	const { byInstruction } = readVerifierStates(
		`0: R1=ctx() R10=fp0
0: (85) call bpf_ringbuf_reserve#131
mark_precise: frame0: last_idx 0 first_idx 0 subseq_idx -1
1: R0=ringbuf_mem_or_null(id=1,ref_obj_id=1,sz=8) R10=fp0 refs=1
1: (bf) r6 = r0                       ; R0=ringbuf_mem_or_null(id=1,ref_obj_id=1,sz=8) R6=ringbuf_mem_or_null(id=1,ref_obj_id=1,sz=8) refs=1
`,
		mapName,
	);
	const record = "a pointer to a record of the ring buffer (8 bytes), or null";
	expect(byInstruction.get(0)?.known).toEqual([`r0: ${record}`]);
	expect(byInstruction.get(1)?.known).toEqual([`r6: ${record}`]);
});

test("a log that was cut has no totals", () => {
	const { totals } = readVerifierStates("0: R1=ctx() R10=fp0\n", mapName);
	expect(totals).toBeUndefined();
});
