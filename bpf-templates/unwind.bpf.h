/* Stacks of processes by the tables of .eh_frame, which the run time puts into maps: see src/base/unwind-tables.ts. */
#ifndef UNWIND_BPF_H
#define UNWIND_BPF_H
#include "kask.bpf.h"

enum { BPF_MAP_TYPE_ARRAY_OF_MAPS = 12, BPF_MAP_TYPE_HASH_OF_MAPS = 13 };
/* Arrays of any length may stand in the map (since 5.10), and be written to as memory. */
enum { BPF_F_MMAPABLE = 1 << 10, BPF_F_INNER_MAP = 1 << 12 };

#define __array(name, value) typeof(value) *name[]

static void *(*bpf_task_pt_regs)(void *task) = (void *)175;

/* A part of what a process has mapped. The first one of a process tells how many more there are, as `rows`. */
struct unwind_area {
	u64 start, end;
	/* Less this an address is what it is in the table. */
	u64 base;
	u32 table, first, rows, reserved;
};

struct unwind_row {
	u32 start, rule;
};

struct unwind_rule {
	u8 frame_by, base_at, return_at, is_signal;
	s32 frame, added, base, returns;
	u32 reserved;
};

struct unwind_areas {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(map_flags, BPF_F_MMAPABLE | BPF_F_INNER_MAP);
	__uint(key_size, 4);
	__uint(value_size, sizeof(struct unwind_area));
};

struct unwind_table {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__uint(map_flags, BPF_F_MMAPABLE | BPF_F_INNER_MAP);
	__uint(key_size, 4);
	__uint(value_size, sizeof(struct unwind_row));
};

struct {
	__uint(type, BPF_MAP_TYPE_HASH_OF_MAPS);
	__uint(max_entries, 1024);
	__uint(key_size, 4);
	__array(values, struct unwind_areas);
} unwind_processes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY_OF_MAPS);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__array(values, struct unwind_table);
} unwind_tables SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 16384);
	__uint(map_flags, BPF_F_MMAPABLE);
	__uint(key_size, 4);
	__uint(value_size, sizeof(struct unwind_rule));
} unwind_rules SEC(".maps");

/* How a frame is found, and where registers are saved: `frameBy` and `savedAt`. */
enum { BY_NONE, BY_END, BY_UNKNOWN, BY_STACK, BY_BASE, BY_AT_STACK, BY_AT_BASE, BY_LINKAGE };
enum { AT_SAME, AT_FRAME, AT_STACK, AT_BASE, AT_LOST };

/* More steps than halving 2^32 rows, or 2^13 areas, takes. */
enum { ROW_STEPS = 32, AREA_STEPS = 13 };
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

/* The number of the last area that begins at the address or before, 0 for none. */
static __always_inline u32 find_area(void *areas, u32 count, u64 address)
{
	struct unwind_area *area;
	u32 low = 1, high = count + 1, middle, i;

#pragma clang loop unroll(disable)
	for (i = 0; i < AREA_STEPS; i++) {
		if (low >= high)
			break;
		middle = (low + high) >> 1;
		area = bpf_map_lookup_elem(areas, &middle);
		if (!area)
			break;
		if (area->start <= address)
			low = middle + 1;
		else
			high = middle;
	}
	return low - 1;
}

/* The rule of the last row from `low` to before `high` that begins at the address or before. */
static __always_inline u32 find_rule(void *rows, u32 low, u32 high, u64 address)
{
	struct unwind_row *row;
	u32 rule = 0, middle, i;

#pragma clang loop unroll(disable)
	for (i = 0; i < ROW_STEPS; i++) {
		if (low >= high)
			break;
		middle = (low + high) >> 1;
		row = bpf_map_lookup_elem(rows, &middle);
		if (!row)
			break;
		if (row->start <= address) {
			low = middle + 1;
			rule = row->rule;
		} else {
			high = middle;
		}
	}
	return rule;
}

/* The number of the rule for the address; 0 where nothing is known of it. Verified by itself, whoever calls it. */
__noinline __weak u32 unwind_rule_at(u32 process, u64 address)
{
	struct unwind_area *area;
	u32 number = 0, table, first, rows;
	void *areas, *found;

	areas = bpf_map_lookup_elem(&unwind_processes, &process);
	if (!areas)
		return 0;
	area = bpf_map_lookup_elem(areas, &number);
	if (!area)
		return 0;
	number = find_area(areas, area->rows, address);
	if (!number)
		return 0;
	area = bpf_map_lookup_elem(areas, &number);
	if (!area || address >= area->end || address - area->base > 0xffffffff)
		return 0;
	table = area->table;
	first = area->first;
	rows = area->rows;
	address -= area->base;
	found = bpf_map_lookup_elem(&unwind_tables, &table);
	return found ? find_rule(found, first, first + rows, address) : 0;
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
