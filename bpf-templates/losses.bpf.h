/* Counters of what was lost. Nothing is ever dropped in silence. */
#ifndef LOSSES_BPF_H
#define LOSSES_BPF_H
#include "kask.bpf.h"

/* How many kinds of loss the script can have. */
#ifndef LOSS_KINDS
#define LOSS_KINDS 1
#endif

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, LOSS_KINDS);
	__uint(key_size, 4);
	__uint(value_size, 8);
} losses SEC(".maps");

/* Not inline: this is the cold path. */
static __noinline __unused int count_loss(u32 kind)
{
	u64 *count = bpf_map_lookup_elem(&losses, &kind);

	if (count)
		*count += 1;
	return 0;
}

/* Hands on what a helper returned; failures are counted, and the last one's code is kept in the next cell. */
static __noinline __unused int count_failure(u32 kind, int code)
{
	u64 *last;

	if (code >= 0)
		return code;
	count_loss(kind);
	kind++;
	last = bpf_map_lookup_elem(&losses, &kind);
	if (last)
		*last = (u64)(s64)code;
	return code;
}

#endif
