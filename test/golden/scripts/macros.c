#define RING_BYTES 262144
#define LOSS_KINDS 3
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"
#include "thread.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 8);
} m_first SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 16);
	__uint(value_size, 8);
} m_second SEC(".maps");

struct event_0 {
	u64 header;
	char value[16] __aligned(8);
};

char LICENSE[] SEC("license") = "GPL";

#line 10 "macros.bt"
SEC("tp")
int tracepoint_sched_sched_wakeup_1(void *ctx)
{
	s64 v_v = 0;
	s64 v_v_2 = 0;
	s64 v_v_3 = 0;
	v_v = 0;
#line 7
	u64 now = bpf_ktime_get_boot_ns();
	u64 value = now;
	s32 key = (s64)(*(s32 *)(ctx + 24));
	u64 *cell = bpf_map_lookup_elem(&m_first, &key);
	if (cell) {
		*cell = value;
	} else {
		if (bpf_map_update_elem(&m_first, &key, &value, BPF_ANY))
			count_loss(0);
	}
	v_v = v_v + 1;
	u64 now2 = bpf_ktime_get_boot_ns();
	u64 value2 = now2;
	char comm[16] __aligned(8);
	const u64 *name = own_comm();
	copy_aligned8(comm, name, 16);
	u64 *cell2 = bpf_map_lookup_elem(&m_second, comm);
	if (cell2) {
		*cell2 = value2;
	} else {
		if (bpf_map_update_elem(&m_second, comm, &value2, BPF_ANY))
			count_loss(1);
	}
	v_v = v_v + 1;
#line 14
	char tuple[16] __aligned(8);
#line 3
	v_v_2 = v_v;
#line 14
	s64 value3 = ((v_v_2 > 10) ? 10LL : v_v_2);
	s64 value4 = value3;
	*(s64 *)tuple = value4;
#line 3
	v_v_3 = (s64)(*(s32 *)(ctx + 24));
#line 14
	s64 value5 = ((v_v_3 > 5) ? 5LL : v_v_3);
	*(s32 *)(tuple + 8) = value5;
	zero_aligned4((tuple + 12), 4);
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
	if (event) {
		event->header = 0;
		copy_aligned8(event->value, tuple, 16);
		ring_submit(event);
	} else {
		count_loss(2);
	}
#line 10
	return 0;
}
