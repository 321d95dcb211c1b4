#define RING_BYTES 262144
#define LOSS_KINDS 3
#include "kask.bpf.h"
#include "buckets.bpf.h"
#include "division.bpf.h"
#include "histogram.bpf.h"
#include "kept-places.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"
#include "thread.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 8192);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_start SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 12);
	__uint(value_size, 16);
} m_us SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} searches_m_start SEC(".maps");

struct m_us_key {
	u64 func;
	u32 bucket;
};

struct event_0 {
	u64 header;
	char comm[16];
	s64 us;
};

char LICENSE[] SEC("license") = "GPL";

#line 4 "latency.bt"
static __noinline int take_place_in_m_start(const void *key, const u64 *element)
{
	return take_place(&m_start, &searches_m_start, key, element);
}

#line 2
SEC("kprobe")
int kprobe_vfs_read_1(void *ctx)
{
#line 4
	u64 pid_tgid = bpf_get_current_pid_tgid();
	u32 key = (u64)(u32)pid_tgid;
	u64 now = bpf_ktime_get_boot_ns();
	u64 value = now;
	u64 *cell = bpf_map_lookup_elem(&m_start, &key);
	if (cell) {
		cell[0] = value;
		cell[1] = PLACE_TAKEN;
	} else {
		if (take_place_in_m_start(&key, (u64[]){ value, PLACE_TAKEN }))
			count_loss(0);
	}
#line 2
	return 0;
}

#line 7
SEC("kretprobe")
int kretprobe_vfs_read_2(void *ctx)
{
	s64 v_us = 0;
	u64 pid_tgid = bpf_get_current_pid_tgid();
	u32 key = (u64)(u32)pid_tgid;
	u64 *cell = bpf_map_lookup_elem(&m_start, &key);
	u64 start = cell ? *cell : 0;
	if (!(start != 0))
		return 0;

#line 9
	u64 now = bpf_ktime_get_boot_ns();
	v_us = signed_quotient((((s64)now) - ((s64)start)), 1000);
	s64 amount = v_us;
#line 10
	struct m_us_key key2 __aligned(8);
	u64 ip = bpf_get_func_ip(ctx);
	key2.func = ip;
	key2.bucket = log2_bucket(amount, 0);
	struct bucket *cell2 = bpf_map_lookup_elem(&m_us, &key2);
	if (!cell2) {
		u64 empty[2] = { 0 };
		bpf_map_update_elem(&m_us, &key2, empty, BPF_NOEXIST);
		cell2 = bpf_map_lookup_elem(&m_us, &key2);
	}
	if (cell2) {
		cell2->count += 1;
		cell2->sum += amount;
	} else {
		count_loss(1);
	}
	if ((v_us > 1000) && (((s64)*(u64 *)(ctx + 80)) > 0)) {
		struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
#line 12
		if (event) {
			event->header = 0;
			const u64 *name = own_comm();
			copy_aligned8(event->comm, name, 16);
			event->us = v_us;
			ring_submit(event);
		} else {
			count_loss(2);
		}
#line 11
	}
#line 14
	if (cell) {
		cell[0] = 0;
		cell[1] = PLACE_EMPTY;
	}
#line 7
	return 0;
}
