// A program of every kind that can be attached; each counts in its own cell.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 8);
	__type(key, __u32);
	__type(value, __u64);
} cells SEC(".maps");

static __always_inline int count(__u32 index, __u64 amount)
{
	__u64 *cell = bpf_map_lookup_elem(&cells, &index);

	if (cell)
		__sync_fetch_and_add(cell, amount);
	return 0;
}

SEC("tp")
int on_tracepoint(void *ctx)
{
	return count(0, 1);
}

SEC("raw_tp")
int on_raw_tracepoint(void *ctx)
{
	return count(1, 1);
}

SEC("perf_event")
int on_perf_event(void *ctx)
{
	return count(2, 1);
}

SEC("uprobe")
int on_uprobe(void *ctx)
{
	count(4, bpf_get_attach_cookie(ctx));
	return count(3, 1);
}

SEC("uprobe")
int on_many_uprobes(void *ctx)
{
	count(6, bpf_get_attach_cookie(ctx));
	return count(5, 1);
}

char LICENSE[] SEC("license") = "GPL";
