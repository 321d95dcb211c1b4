#define LOSS_KINDS 2
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "stacks.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 24);
	__uint(value_size, 8);
} m_ SEC(".maps");

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
	__uint(value_size, 1016);
} scratch_tracepoint_sched_sched_wakeup_1 SEC(".maps");

struct m__key {
	u64 kstack;
	char text[13];
	char pad21[3];
};

char LICENSE[] SEC("license") = "GPL";

#line 3 "options.bt"
SEC("tp")
int tracepoint_sched_sched_wakeup_1(void *ctx)
{
	if (!(((s64)(*(s32 *)(ctx + 24))) > 5))
		return 0;

	struct m__key key __aligned(8);
#line 4
	s64 stack = bpf_get_stackid(ctx, &stacks_127, 0);
	if (stack < 0) {
		if (stack == -17) {
			char *scratch = bpf_map_lookup_elem(&scratch_tracepoint_sched_sched_wakeup_1, &(u32){ 0 });
			if (!scratch)
				return 0;
			stack = keep_stack(ctx, &more_stacks_127, (u64 *)scratch, 127, 0);
		}
		if (stack < 0 && stack != -14) {
			count_loss(0);
		}
	}
	key.kstack = (u64)stack;
	store_text8(key.text, "sched_wakeup\000", 13);
	zero_aligned1(key.pad21, 3);
	char *cell = bpf_map_lookup_elem(&m_, &key);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_, &key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_, &key);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(1);
	}
#line 3
	return 0;
}
