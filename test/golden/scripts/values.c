#define RING_BYTES 262144
#define LOSS_KINDS 3
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"
#include "thread.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 20);
	__uint(value_size, 16);
} m_kept SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 1);
	__uint(value_size, 17);
} m_kept_records SEC(".maps");

struct m_kept_key {
	char element[4] __aligned(2);
	char element2[16];
};

struct event_0 {
	u64 header;
	char value[40] __aligned(8);
};

struct event_1 {
	u64 header;
	u8 value;
	char pad9[7];
};

struct event_2 {
	u64 header;
	u8 value;
	char pad9[7];
};

char LICENSE[] SEC("license") = "GPL";

#line 2 "values.bt"
SEC("raw_tp")
int begin_1(void *ctx)
{
	char v_t[16] __aligned(8);
	char v_r[24] __aligned(8);
	u64 v_x = 0;
	u64 v_y = 0;
	*(u32 *)v_t = (u64)(u32)1LL;
#line 3
	store_text4((v_t + 4), "two\000", 4);
	zero_aligned8((v_t + 8), 1);
	zero_aligned1((v_t + 9), 1);
	*(s16 *)(v_t + 10) = 3;
	*(u8 *)(v_t + 12) = 1;
	zero_aligned1((v_t + 13), 1);
	zero_aligned2((v_t + 14), 2);
	u64 pid_tgid = bpf_get_current_pid_tgid();
#line 4
	*(u32 *)v_t = pid_tgid >> 32;
	store_text4((v_t + 4), "more\000", 5);
	zero_aligned1((v_t + 9), 1);
	*(s16 *)(v_t + 10) = 300;
	*(u8 *)(v_t + 12) = 0;
	zero_aligned1((v_t + 13), 1);
	zero_aligned2((v_t + 14), 2);
	*(s8 *)v_r = -1;
#line 5
	const u64 *name = own_comm();
	copy_aligned1((v_r + 1), name, 16);
	struct m_kept_key key __aligned(8);
#line 6
	copy_aligned2(key.element, (v_t + 10), 4);
	copy_aligned1(key.element2, (v_r + 1), 16);
	if (bpf_map_update_elem(&m_kept, &key, v_t, BPF_ANY))
		count_loss(0);
	s8 key2 = 1;
#line 7
	if (bpf_map_update_elem(&m_kept_records, &key2, v_r, BPF_ANY))
		count_loss(1);
	u32 cpu = bpf_get_smp_processor_id();
#line 8
	u64 chosen;
	if (((u64)cpu) > 1) {
		v_y = pid_tgid >> 32;
		u64 value = (v_y * 2);
		chosen = value;
	} else {
		chosen = ((u64)(u32)pid_tgid);
	}
	v_x = chosen;
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
#line 9
	if (event) {
		event->header = 0;
		*(u64 *)event->value = (v_x << 3) | 1;
		*(u64 *)(event->value + 8) = -v_x;
		*(u64 *)(event->value + 16) = ~v_x;
		*(u8 *)(event->value + 24) = !(v_x != 0);
		zero_aligned1((event->value + 25), 7);
		*(u64 *)(event->value + 32) = (v_x / 7) % 3;
		ring_submit(event);
	} else {
		count_loss(2);
	}
	struct event_1 *event2 = bpf_ringbuf_reserve(&ring, sizeof(struct event_1), 0);
#line 10
	if (event2) {
		event2->header = 1;
		event2->value = 1;
		ring_submit(event2);
	} else {
		count_loss(2);
	}
	struct event_2 *event3 = bpf_ringbuf_reserve(&ring, sizeof(struct event_2), 0);
#line 11
	if (event3) {
		event3->header = 2;
		char buffer[16] __aligned(8);
		*(u32 *)buffer = (u64)(u32)1LL;
		store_text4((buffer + 4), "two\000", 4);
		zero_aligned8((buffer + 8), 1);
		zero_aligned1((buffer + 9), 1);
		*(s16 *)(buffer + 10) = 3;
		*(u8 *)(buffer + 12) = 1;
		zero_aligned1((buffer + 13), 1);
		zero_aligned2((buffer + 14), 2);
		event3->value = *(u64 *)v_t == *(u64 *)buffer && *(u64 *)(v_t + 8) == *(u64 *)(buffer + 8);
		ring_submit(event3);
	} else {
		count_loss(2);
	}
#line 2
	return 0;
}
