/* The tables of .eh_frame, as the run time puts them into maps (see src/base/unwind-tables.ts), and looking into them. */
#ifndef UNWIND_TABLES_BPF_H
#define UNWIND_TABLES_BPF_H
#include "kask.bpf.h"

enum { BPF_MAP_TYPE_ARRAY_OF_MAPS = 12, BPF_MAP_TYPE_HASH_OF_MAPS = 13 };
/* Arrays of any length may stand in the map (since 5.10), and be written to as memory. */
enum { BPF_F_MMAPABLE = 1 << 10, BPF_F_INNER_MAP = 1 << 12 };

#define __array(name, value) typeof(value) *name[]

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

/* More steps than halving 2^32 rows, or 2^13 areas, takes. */
enum { ROW_STEPS = 32, AREA_STEPS = 13 };
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

#endif
