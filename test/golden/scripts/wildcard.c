#define LOSS_KINDS 2
#include "kask.bpf.h"
#include "buckets.bpf.h"
#include "histogram.bpf.h"
#include "losses.bpf.h"
#include "syscalls.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 19);
	__uint(value_size, 8);
} m_ SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 40);
	__uint(value_size, 16);
} m_results SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 40);
} scratch_tracepoint_syscalls_sys_exit_read_4 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 40);
} scratch_tracepoint_syscalls_sys_exit_openat_5 SEC(".maps");

struct m_results_key {
	char text[36];
	u32 bucket;
};

char LICENSE[] SEC("license") = "GPL";

#line 2 "wildcard.bt"
SEC("kprobe")
int kprobe_vfs_read_1(void *ctx)
{
	char buffer[24] __aligned(8);
	store_text8(buffer, "kprobe:vfs_read\000", 16);
	zero_aligned8((buffer + 16), 3);
	char *cell = bpf_map_lookup_elem(&m_, buffer);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_, buffer, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_, buffer);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(0);
	}
	return 0;
}

SEC("kprobe")
int kprobe_vfs_write_2(void *ctx)
{
	char buffer[24] __aligned(8);
	store_text8(buffer, "kprobe:vfs_write\000", 17);
	zero_aligned1((buffer + 17), 2);
	char *cell = bpf_map_lookup_elem(&m_, buffer);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_, buffer, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_, buffer);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(0);
	}
	return 0;
}

SEC("kretprobe")
int kretprobe_vfs_read_3(void *ctx)
{
	char text[24] __aligned(8);
	store_text8(text, "kretprobe:vfs_read\000", 19);
	char *cell = bpf_map_lookup_elem(&m_, text);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_, text, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_, text);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(0);
	}
	return 0;
}

#line 3
SEC("tp_btf/sys_exit")
int tracepoint_syscalls_sys_exit_read_4(void *ctx)
{
	if (left_number(ctx) != 0 || is_compat_call())
		return 0;
	struct system_call call = left_call(ctx);
	s64 amount = (*(s64 *)(((char *)((u64)&call)) + 16));
	char *scratch = bpf_map_lookup_elem(&scratch_tracepoint_syscalls_sys_exit_read_4, &(u32){ 0 });
	if (!scratch)
		return 0;
	struct m_results_key *key = (void *)scratch;
	store_text8(key->text, "tracepoint:syscalls:sys_exit_read\000", 34);
	zero_aligned2((key->text + 34), 2);
	key->bucket = linear_bucket(amount, 0, 100, 10);
	struct bucket *cell = bpf_map_lookup_elem(&m_results, key);
	if (!cell) {
		u64 empty[2] = { 0 };
		bpf_map_update_elem(&m_results, key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_results, key);
	}
	if (cell) {
		cell->count += 1;
		cell->sum += amount;
	} else {
		count_loss(1);
	}
	return 0;
}

SEC("tp_btf/sys_exit")
int tracepoint_syscalls_sys_exit_openat_5(void *ctx)
{
	if (left_number(ctx) != 257 || is_compat_call())
		return 0;
	struct system_call call = left_call(ctx);
	s64 amount = (*(s64 *)(((char *)((u64)&call)) + 16));
	char *scratch = bpf_map_lookup_elem(&scratch_tracepoint_syscalls_sys_exit_openat_5, &(u32){ 0 });
	if (!scratch)
		return 0;
	struct m_results_key *key = (void *)scratch;
	store_text8(key->text, "tracepoint:syscalls:sys_exit_openat\000", 36);
	key->bucket = linear_bucket(amount, 0, 100, 10);
	struct bucket *cell = bpf_map_lookup_elem(&m_results, key);
	if (!cell) {
		u64 empty[2] = { 0 };
		bpf_map_update_elem(&m_results, key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_results, key);
	}
	if (cell) {
		cell->count += 1;
		cell->sum += amount;
	} else {
		count_loss(1);
	}
	return 0;
}
