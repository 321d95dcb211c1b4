/* Stacks of processes, by the tables of unwind-tables.bpf.h. */
#ifndef UNWIND_BPF_H
#define UNWIND_BPF_H
#include "unwind-tables.bpf.h"

static void *(*bpf_task_pt_regs)(void *task) = (void *)175;

/* How a frame is found, and where registers are saved: `frameBy` and `savedAt`. */
enum { BY_NONE, BY_END, BY_UNKNOWN, BY_STACK, BY_BASE, BY_AT_STACK, BY_AT_BASE, BY_LINKAGE };
enum { AT_SAME, AT_FRAME, AT_STACK, AT_BASE, AT_LOST };

/* Bytes between a frame pointer and the stack pointer, where it is one. */
enum { LONGEST_FRAME = 1 << 18 };

struct unwind {
	u64 address, stack, base;
	u32 process;
	/* The address is where a call returns to: the call stands before it. */
	u32 called;
};

struct pt_regs___unwind {
	unsigned long bp, ip, sp;
} __kernel_struct;

/* While a uretprobe waits for a function to return, the address to return to stands here and not on the stack. */
struct return_instance___unwind {
	unsigned long stack, orig_ret_vaddr;
	struct return_instance___unwind *next;
} __kernel_struct;

struct uprobe_task___unwind {
	struct return_instance___unwind *return_instances;
} __kernel_struct;

struct task_struct___unwind {
	struct uprobe_task___unwind *utask;
} __kernel_struct;

/* The kernel lets so many wait (MAX_URETPROBE_DEPTH). */
enum { MOST_RETURNS = 64 };

/* The registers with which the process came into the kernel, whatever has happened there; false without any. */
static __always_inline __unused bool unwind_begin(struct unwind *at, u32 process)
{
	struct pt_regs___unwind *regs = bpf_task_pt_regs(bpf_get_current_task_btf());

	at->address = regs->ip;
	at->stack = regs->sp;
	at->base = regs->bp;
	at->process = process;
	at->called = 0;
	/* Those of threads of the kernel are zero. */
	return at->address && at->stack;
}

static __always_inline bool read_word(u64 *to, u64 address)
{
	return bpf_probe_read_user(to, 8, (void *)address) == 0;
}

/* Code that no table tells of, such as is made while running, mostly keeps frame pointers. */
static __always_inline bool unwind_by_pointer(struct unwind *at)
{
	u64 words[2];

	if (at->base & 7 || at->base < at->stack || at->base - at->stack > LONGEST_FRAME)
		return 0;
	if (bpf_probe_read_user(words, sizeof(words), (void *)at->base) || words[1] < 4096)
		return 0;
	/* The caller may use the register for something else; then a table must know the caller. */
	if (words[0] <= at->base && !unwind_rule_at(at->process, words[1] - 1))
		return 0;
	at->stack = at->base + sizeof(words);
	at->base = words[0];
	at->address = words[1];
	at->called = 1;
	return 1;
}

/* The stack pointer that the caller will have; 0 where it can't be found. */
static __always_inline u64 unwind_frame(struct unwind *at, struct unwind_rule *rule)
{
	u64 frame = at->stack + rule->frame;

	switch (rule->frame_by) {
	case BY_STACK:
		return frame;
	case BY_BASE:
		return at->base + rule->frame;
	case BY_AT_STACK:
		return read_word(&frame, frame) ? frame + rule->added : 0;
	case BY_AT_BASE:
		return read_word(&frame, at->base + rule->frame) ? frame + rule->added : 0;
	case BY_LINKAGE:
		return frame + ((at->address & 15) >= rule->added ? 8 : 0);
	default:
		return 0;
	}
}

/* Where a register is saved. */
static __always_inline u64 saved_place(struct unwind *at, u64 frame, u8 where, s32 offset)
{
	if (where == AT_FRAME)
		return frame + offset;
	if (where == AT_STACK)
		return at->stack + offset;
	return where == AT_BASE ? at->base + offset : 0;
}

/* What stood at a place of the stack before a uretprobe put its own address there. */
__noinline __weak u64 unwind_returned(u64 place, u64 address)
{
	struct task_struct___unwind *task = bpf_get_current_task_btf();
	struct return_instance___unwind *waiting;
	u32 i;

	if (!task->utask)
		return address;
	waiting = task->utask->return_instances;
#pragma clang loop unroll(disable)
	for (i = 0; i < MOST_RETURNS; i++) {
		if (!waiting)
			break;
		if (waiting->stack == place)
			return waiting->orig_ret_vaddr;
		waiting = waiting->next;
	}
	return address;
}

/* From a function to its caller; 0 after the outermost one. */
__noinline __weak int unwind_step(struct unwind *at)
{
	u64 frame, place, address, base = 0;
	struct unwind_rule *rule;
	u32 number;

	if (!at)
		return 0;
	number = unwind_rule_at(at->process, at->address - at->called);
	rule = bpf_map_lookup_elem(&unwind_rules, &number);
	if (!rule)
		return 0;
	if (rule->frame_by == BY_NONE)
		return unwind_by_pointer(at);
	frame = unwind_frame(at, rule);
	/* Signals may have a stack of their own; otherwise callers lie further up. */
	if (!frame || (!rule->is_signal && frame <= at->stack))
		return 0;
	place = saved_place(at, frame, rule->return_at, rule->returns);
	if (!read_word(&address, place) || address < 4096)
		return 0;
	address = unwind_returned(place, address);
	if (rule->base_at == AT_SAME)
		base = at->base;
	else if (rule->base_at != AT_LOST)
		read_word(&base, saved_place(at, frame, rule->base_at, rule->base));
	at->address = address;
	at->stack = frame;
	at->base = base;
	at->called = !rule->is_signal;
	return 1;
}

/* How many frames were found; negative where the process has no stack (-14), or its tables are not known (-3). */
static __always_inline __unused s64 unwind_user(struct unwind *at, u32 process, u64 *frames, u32 depth)
{
	u32 i;

	if (!unwind_begin(at, process))
		return -14;
	if (!bpf_map_lookup_elem(&unwind_processes, &process))
		return -3;
#pragma clang loop unroll(disable)
	for (i = 0; i < depth; i++) {
		frames[i] = at->address;
		if (!unwind_step(at))
			return i + 1;
		loop_edge();
	}
	return depth;
}

#endif
