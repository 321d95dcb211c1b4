#define RING_BYTES 262144
#define LOSS_KINDS 2
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "maps.bpf.h"
#include "ring.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 100);
	__uint(key_size, 8);
	__uint(value_size, 8);
} m_recent SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_LRU_PERCPU_HASH);
	__uint(max_entries, 50);
	__uint(key_size, 16);
	__uint(value_size, 16);
} m_per_cpu SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 8);
} scratch_tracepoint_sched_sched_switch_1 SEC(".maps");

struct m_recent_key {
	s32 prev_pid;
	s32 next_pid;
};

struct event_0 {
	u64 header;
};

struct event_1 {
	u64 header;
};

struct event_2 {
	u64 header;
};

struct event_3 {
	u64 header;
};

char LICENSE[] SEC("license") = "GPL";

#line 4 "declared.bt"
SEC("tp")
int tracepoint_sched_sched_switch_1(void *ctx)
{
	u64 now = bpf_ktime_get_boot_ns();
#line 5
	u64 value = now;
	struct m_recent_key key __aligned(8);
	key.prev_pid = (s64)(*(s32 *)(ctx + 24));
	key.next_pid = (s64)(*(s32 *)(ctx + 56));
	u64 *cell = bpf_map_lookup_elem(&m_recent, &key);
	if (cell) {
		*cell = value;
	} else {
		bpf_map_update_elem(&m_recent, &key, &value, BPF_ANY);
	}
	char buffer[16] __aligned(8);
#line 6
	*(u64 *)buffer = *(u64 *)(ctx + 8);
	*(u64 *)(buffer + 8) = *(u64 *)(ctx + 16);
	char *cell2 = bpf_map_lookup_elem(&m_per_cpu, buffer);
	if (!cell2) {
		u64 empty[2] = { 0 };
		bpf_map_update_elem(&m_per_cpu, buffer, empty, BPF_NOEXIST);
		cell2 = bpf_map_lookup_elem(&m_per_cpu, buffer);
	}
	if (cell2) {
		*(u64 *)cell2 += (*(s64 *)(ctx + 32));
		*(u64 *)(cell2 + 8) += 1;
	} else {
		count_loss(0);
	}
	char *scratch = bpf_map_lookup_elem(&scratch_tracepoint_sched_sched_switch_1, &(u32){ 0 });
#line 7
	if (!scratch)
		return 0;
	s64 *count = (void *)scratch;
	*count = 0;
	bpf_for_each_map_elem(&m_recent, count_element, &count, 0);
	if ((*count) > 50) {
		struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
		if (event) {
			event->header = 0;
			ring_submit(event);
		} else {
			count_loss(1);
		}
	}
#line 4
	return 0;
}

#line 9
SEC("perf_event")
int interval_s_1_2(void *ctx)
{
	struct event_1 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_1), 0);
	if (event) {
		event->header = 1;
		ring_submit(event);
	} else {
		count_loss(1);
	}
	struct event_2 *event2 = bpf_ringbuf_reserve(&ring, sizeof(struct event_2), 0);
	if (event2) {
		event2->header = 2;
		ring_submit(event2);
	} else {
		count_loss(1);
	}
	return 0;
}

#line 10
SEC("raw_tp")
int end_3(void *ctx)
{
	struct event_3 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_3), 0);
	if (event) {
		event->header = 3;
		ring_submit(event);
	} else {
		count_loss(1);
	}
	return 0;
}
