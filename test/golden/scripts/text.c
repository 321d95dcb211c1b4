#define RING_BYTES 262144
#define LOSS_KINDS 1
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"
#include "thread.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 14);
} m_last SEC(".maps");

struct event_0 {
	u64 header;
	char s[14];
	char pad22[2];
};

struct event_1 {
	u64 header;
	char s[14];
	char pad22[2];
};

char LICENSE[] SEC("license") = "GPL";

#line 2 "text.bt"
SEC("raw_tp")
int begin_1(void *ctx)
{
	char v_s[16] __aligned(8);
	store_text8(v_s, "short\000", 6);
#line 3
	zero_aligned2((v_s + 6), 8);
#line 5
	u32 cpu = bpf_get_smp_processor_id();
#line 4
	if (((u64)cpu) == 0) {
		store_text8(v_s, "a longer text\000", 14);
	}
	u64 holds = (*(u32 *)v_s == 0x726f6873 && *(u16 *)(v_s + 4) == 0x74) != 0;
#line 5
	if (!holds) {
		char comm[16] __aligned(8);
		const u64 *name = own_comm();
		copy_aligned8(comm, name, 16);
		holds = (((u64)!(*(u16 *)comm == 0x616b)) == 0) != 0;
	}
	if (holds) {
		struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
		if (event) {
			event->header = 0;
			copy_aligned8(event->s, v_s, 14);
			ring_submit(event);
		} else {
			count_loss(0);
		}
	}
	struct event_1 *event2 = bpf_ringbuf_reserve(&ring, sizeof(struct event_1), 0);
#line 6
	if (event2) {
		event2->header = 1;
		copy_aligned8(event2->s, v_s, 14);
		ring_submit(event2);
	} else {
		count_loss(0);
	}
	bpf_map_update_elem(&m_last, &(u32){ 0 }, v_s, BPF_ANY);
#line 2
	return 0;
}
