/* The same work as the scripts of the B2 figures, written by hand, and the floor: a program that does nothing. */
#include "../../bpf-templates/kask.bpf.h"
#include "../../bpf-templates/stacks.bpf.h"

struct call {
	u64 regs;
	u64 value;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 8);
} total SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 16);
	__uint(value_size, 8);
} by_comm SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 8);
} by_pid SEC(".maps");

struct two_keys {
	char comm[16];
	u64 call;
};

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, sizeof(struct two_keys));
	__uint(value_size, 8);
} by_two SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 66);
	__uint(key_size, 4);
	__uint(value_size, 16);
} histogram SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 8);
} started SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16384);
	__uint(key_size, 4);
	__uint(value_size, 127 * 8);
} stacks SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 8);
} by_stack SEC(".maps");

char LICENSE[] SEC("license") = "GPL";

static __always_inline void add(void *map, void *key, u64 amount)
{
	u64 *cell = bpf_map_lookup_elem(map, key);

	if (cell)
		*cell += amount;
	else
		bpf_map_update_elem(map, key, &amount, BPF_NOEXIST);
}

SEC("raw_tp/sys_enter") int empty(struct call *call)
{
	return 0;
}

SEC("raw_tp/sys_enter") int count(struct call *call)
{
	add(&total, &(u32){ 0 }, 1);
	return 0;
}

SEC("raw_tp/sys_enter") int comm(struct call *call)
{
	char name[16] = {};

	bpf_get_current_comm(name, sizeof(name));
	add(&by_comm, name, 1);
	return 0;
}

SEC("raw_tp/sys_enter") int pid(struct call *call)
{
	u32 key = bpf_get_current_pid_tgid() >> 32;

	add(&by_pid, &key, 1);
	return 0;
}

SEC("raw_tp/sys_enter") int two(struct call *call)
{
	struct two_keys key = { .call = call->value };

	bpf_get_current_comm(key.comm, sizeof(key.comm));
	add(&by_two, &key, 1);
	return 0;
}

SEC("raw_tp/sys_exit") int hist(struct call *call)
{
	u32 bucket = 0;
	u64 value = call->value;
	u64 *cell;

	if ((s64)value >= 0) {
		bucket = 1;
#pragma unroll
		for (int bits = 32; bits; bits >>= 1) {
			if (value >> bits) {
				bucket += bits;
				value >>= bits;
			}
		}
		bucket += value;
	}
	cell = bpf_map_lookup_elem(&histogram, &bucket);
	if (cell) {
		cell[0] += 1;
		cell[1] += call->value;
	}
	return 0;
}

SEC("raw_tp/sys_exit") int sum(struct call *call)
{
	add(&total, &(u32){ 0 }, call->value);
	return 0;
}

SEC("raw_tp/sys_enter") int latency(struct call *call)
{
	u32 tid = bpf_get_current_pid_tgid();
	u64 now = bpf_ktime_get_ns();

	bpf_map_update_elem(&started, &tid, &now, BPF_ANY);
	return 0;
}

SEC("raw_tp/sys_exit") int latency_exit(struct call *call)
{
	u32 tid = bpf_get_current_pid_tgid();
	u64 *start = bpf_map_lookup_elem(&started, &tid);

	if (!start)
		return 0;
	call = (struct call[]){ { .value = bpf_ktime_get_ns() - *start } };
	hist(call);
	bpf_map_delete_elem(&started, &tid);
	return 0;
}

SEC("raw_tp/sys_enter") int kstack(struct call *call)
{
	s64 key = bpf_get_stackid(call, &stacks, 0);

	add(&by_stack, &key, 1);
	return 0;
}

SEC("raw_tp/sys_enter") int never(struct call *call)
{
	if ((u32)bpf_get_current_pid_tgid() != 1)
		return 0;
	add(&total, &(u32){ 0 }, 1);
	return 0;
}
