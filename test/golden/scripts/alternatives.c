#define LOSS_KINDS 4
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "stacks.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 8);
} m_at SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 8);
} m_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 16);
	__uint(value_size, 8);
} m_faults SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16384);
	__uint(key_size, 4);
	__uint(value_size, 24);
} stacks_3 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 24);
} more_stacks_3 SEC(".maps");

char LICENSE[] SEC("license") = "GPL";

#line 3 "alternatives.bt"
static __noinline u64 fn_slot(u64 v_x)
{
	if (v_x > 100) {
#line 4
		return 100;
	}
	return (v_x / 10) * 10;
#line 3
}

#line 7
SEC("tp")
int tracepoint_block_block_io_start_1(void *ctx)
{
	u64 now = bpf_ktime_get_boot_ns();
	u64 returned = fn_slot(now);
	u64 key = returned;
	char *cell = bpf_map_lookup_elem(&m_at, &key);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_at, &key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_at, &key);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(0);
	}
	return 0;
}

#line 8
SEC("perf_event")
int profile_hz_99_2(void *ctx)
{
	u32 cpu = bpf_get_smp_processor_id();
	u32 key = (u64)cpu;
	char *cell = bpf_map_lookup_elem(&m_cpu, &key);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_cpu, &key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_cpu, &key);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(1);
	}
	return 0;
}

#line 9
SEC("perf_event")
int software_page_faults_100_3(void *ctx)
{
	char ustack[16] __aligned(8);
	s64 stack = bpf_get_stackid(ctx, &stacks_3, BPF_F_USER_STACK);
	if (stack < 0) {
		if (stack == -17) {
			char buffer[24] __aligned(8);
			stack = keep_stack(ctx, &more_stacks_3, (u64 *)buffer, 3, BPF_F_USER_STACK);
		}
		if (stack < 0 && stack != -14) {
			count_loss(2);
		}
	}
	*(s64 *)ustack = stack;
	u64 pid_tgid = bpf_get_current_pid_tgid();
	*(u64 *)(ustack + 8) = (pid_tgid >> 32);
	char *cell = bpf_map_lookup_elem(&m_faults, ustack);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_faults, ustack, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_faults, ustack);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(3);
	}
	return 0;
}
