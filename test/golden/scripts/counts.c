#define LOSS_KINDS 4
#include "kask.bpf.h"
#include "buckets.bpf.h"
#include "histogram.bpf.h"
#include "losses.bpf.h"
#include "syscalls.bpf.h"
#include "thread.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 8);
} m_all SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 16);
	__uint(value_size, 8);
} m_by_name SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 24);
	__uint(value_size, 8);
} m_by_thread SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_bytes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_sizes SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_least SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 66);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_read SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 20);
	__uint(value_size, 16);
} m_small SEC(".maps");

struct m_by_thread_key {
	char comm[16];
	u32 pid;
	u32 tid;
};

struct m_small_key {
	char comm[16];
	u32 bucket;
};

char LICENSE[] SEC("license") = "GPL";

#line 2 "counts.bt"
SEC("tp_btf/sys_enter")
int tracepoint_syscalls_sys_enter_read_1(void *ctx)
{
	if (entered_number(ctx) != 0 || is_compat_call())
		return 0;
	char comm[16] __aligned(8);
	const u64 *name = own_comm();
	copy_aligned8(comm, name, 16);
	if (*(u32 *)comm == 0x6b73616b && *(u8 *)(comm + 4) == 0x0)
		return 0;

#line 4
	char *cell = bpf_map_lookup_elem(&m_all, &(u32){ 0 });
	if (cell) {
		*(u64 *)cell += 1;
	}
	char *cell2 = bpf_map_lookup_elem(&m_by_name, comm);
#line 5
	if (!cell2) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_by_name, comm, empty, BPF_NOEXIST);
		cell2 = bpf_map_lookup_elem(&m_by_name, comm);
	}
	if (cell2) {
		*(u64 *)cell2 += 1;
	} else {
		count_loss(0);
	}
	struct m_by_thread_key key __aligned(8);
#line 6
	copy_aligned8(key.comm, comm, 16);
	u64 pid_tgid = bpf_get_current_pid_tgid();
	key.pid = pid_tgid >> 32;
	key.tid = (u64)(u32)pid_tgid;
	char *cell3 = bpf_map_lookup_elem(&m_by_thread, &key);
	if (!cell3) {
		u64 empty2[1] = { 0 };
		bpf_map_update_elem(&m_by_thread, &key, empty2, BPF_NOEXIST);
		cell3 = bpf_map_lookup_elem(&m_by_thread, &key);
	}
	if (cell3) {
		*(u64 *)cell3 += 1;
	} else {
		count_loss(1);
	}
	u32 key2 = pid_tgid >> 32;
#line 7
	char *cell4 = bpf_map_lookup_elem(&m_bytes, &key2);
	if (!cell4) {
		u64 empty3[2] = { 0 };
		bpf_map_update_elem(&m_bytes, &key2, empty3, BPF_NOEXIST);
		cell4 = bpf_map_lookup_elem(&m_bytes, &key2);
	}
	struct system_call call = entered_call(ctx);
	if (cell4) {
		*(u64 *)cell4 += (*(u64 *)(((char *)((u64)&call)) + 32));
		*(u64 *)(cell4 + 8) = 1;
	} else {
		count_loss(2);
	}
	char *cell5 = bpf_map_lookup_elem(&m_sizes, &(u32){ 0 });
#line 8
	if (cell5) {
		*(u64 *)cell5 += (*(u64 *)(((char *)((u64)&call)) + 32));
		*(u64 *)(cell5 + 8) += 1;
	}
	char *cell6 = bpf_map_lookup_elem(&m_least, &(u32){ 0 });
#line 9
	if (cell6) {
		u64 value = (*(u64 *)(((char *)((u64)&call)) + 32));
		if (!*(u64 *)(cell6 + 8) || value < *(u64 *)cell6) {
			*(u64 *)cell6 = value;
			*(u64 *)(cell6 + 8) = 1;
		}
	}
#line 2
	return 0;
}

#line 12
SEC("tp_btf/sys_exit")
int tracepoint_syscalls_sys_exit_read_2(void *ctx)
{
	if (left_number(ctx) != 0 || is_compat_call())
		return 0;
	struct system_call call = left_call(ctx);
	if (!((*(s64 *)(((char *)((u64)&call)) + 16)) > 0))
		return 0;

#line 14
	s64 amount = (*(s64 *)(((char *)((u64)&call)) + 16));
	struct bucket *cell = bpf_map_lookup_elem(&m_read, &(u32){ log2_bucket(amount, 0) });
	if (cell) {
		cell->count += 1;
		cell->sum += amount;
	}
	s64 amount2 = (*(s64 *)(((char *)((u64)&call)) + 16));
#line 15
	struct m_small_key key __aligned(8);
	const u64 *name = own_comm();
	copy_aligned8(key.comm, name, 16);
	key.bucket = linear_bucket(amount2, 0, 100, 10);
	struct bucket *cell2 = bpf_map_lookup_elem(&m_small, &key);
	if (!cell2) {
		u64 empty[2] = { 0 };
		bpf_map_update_elem(&m_small, &key, empty, BPF_NOEXIST);
		cell2 = bpf_map_lookup_elem(&m_small, &key);
	}
	if (cell2) {
		cell2->count += 1;
		cell2->sum += amount2;
	} else {
		count_loss(3);
	}
#line 12
	return 0;
}
