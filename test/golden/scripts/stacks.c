#define RING_BYTES 262144
#define LOSS_KINDS 4
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"
#include "stacks.bpf.h"
#include "thread.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 8);
} m_kernel SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 40);
	__uint(value_size, 8);
} m_both SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_woken SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16384);
	__uint(key_size, 4);
	__uint(value_size, 40);
} stacks_5 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 40);
} more_stacks_5 SEC(".maps");

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

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 16384);
	__uint(key_size, 4);
	__uint(value_size, 1016);
} stacks_127 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 1016);
} more_stacks_127 SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 1096);
} scratch_profile_hz_99_1 SEC(".maps");

struct m_both_key {
	char comm[16];
	char ustack[16] __aligned(8);
	u64 kstack;
};

struct event_0 {
	u64 header;
	u64 ksym;
	char usym[16] __aligned(8);
};

char LICENSE[] SEC("license") = "GPL";

#line 2 "stacks.bt"
SEC("perf_event")
int profile_hz_99_1(void *ctx)
{
#line 4
	s64 stack = bpf_get_stackid(ctx, &stacks_5, 0);
	char *scratch = bpf_map_lookup_elem(&scratch_profile_hz_99_1, &(u32){ 0 });
	if (!scratch)
		return 0;
	if (stack < 0) {
		if (stack == -17) {
			stack = keep_stack(ctx, &more_stacks_5, (u64 *)scratch, 5, 0);
		}
		if (stack < 0 && stack != -14) {
			count_loss(0);
		}
	}
	u64 key = (u64)stack;
	char *cell = bpf_map_lookup_elem(&m_kernel, &key);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_kernel, &key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_kernel, &key);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(1);
	}
	struct m_both_key *key2 = (void *)(scratch + 40);
#line 5
	const u64 *name = own_comm();
	copy_aligned8(key2->comm, name, 16);
	s64 stack2 = bpf_get_stackid(ctx, &stacks_3, BPF_F_USER_STACK);
	if (stack2 < 0) {
		if (stack2 == -17) {
			char buffer[24] __aligned(8);
			stack2 = keep_stack(ctx, &more_stacks_3, (u64 *)buffer, 3, BPF_F_USER_STACK);
		}
		if (stack2 < 0 && stack2 != -14) {
			count_loss(0);
		}
	}
	*(s64 *)key2->ustack = stack2;
	u64 pid_tgid = bpf_get_current_pid_tgid();
	*(u64 *)(key2->ustack + 8) = (pid_tgid >> 32);
	s64 stack3 = bpf_get_stackid(ctx, &stacks_127, 0);
	if (stack3 < 0) {
		if (stack3 == -17) {
			stack3 = keep_stack(ctx, &more_stacks_127, (u64 *)(scratch + 80), 127, 0);
		}
		if (stack3 < 0 && stack3 != -14) {
			count_loss(0);
		}
	}
	key2->kstack = (u64)stack3;
	char *cell2 = bpf_map_lookup_elem(&m_both, key2);
	if (!cell2) {
		u64 empty2[1] = { 0 };
		bpf_map_update_elem(&m_both, key2, empty2, BPF_NOEXIST);
		cell2 = bpf_map_lookup_elem(&m_both, key2);
	}
	if (cell2) {
		*(u64 *)cell2 += 1;
	} else {
		count_loss(2);
	}
#line 2
	return 0;
}

#line 8
SEC("raw_tp")
int rawtracepoint_vmlinux_sched_wakeup_2(void *ctx)
{
#line 10
	char tuple[16] __aligned(8);
	u64 pid_tgid = bpf_get_current_pid_tgid();
	*(u32 *)tuple = pid_tgid >> 32;
	zero_aligned4((tuple + 4), 4);
	u64 now = bpf_ktime_get_boot_ns();
	*(u64 *)(tuple + 8) = now;
	bpf_map_update_elem(&m_woken, &(u32){ 0 }, tuple, BPF_ANY);
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
#line 11
	if (event) {
		event->header = 0;
		event->ksym = *(u64 *)(ctx + 0);
		*(u64 *)event->usym = (*(u64 *)(ctx + 8));
		*(u64 *)(event->usym + 8) = (pid_tgid >> 32);
		ring_submit(event);
	} else {
		count_loss(3);
	}
#line 8
	return 0;
}
