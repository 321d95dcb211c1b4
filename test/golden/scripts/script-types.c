#define RING_BYTES 262144
#define LOSS_KINDS 3
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 2);
	__uint(value_size, 8);
} m_ports SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 13);
	__uint(value_size, 16);
} m_names SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 8);
} m_size SEC(".maps");

struct m_names_key {
	char name[12];
	u8 element;
};

struct event_0 {
	u64 header;
	u32 word;
	char pad12[4];
};

char LICENSE[] SEC("license") = "GPL";

#line 11 "script-types.bt"
SEC("uprobe")
int uprobe_usr_bin_app_work_1(void *ctx)
{
	u64 v_p = 0;
	v_p = *(u64 *)(ctx + 112);
	u8 urgent;
#line 13
	bpf_probe_read_user(&urgent, sizeof(urgent), (void *)v_p);
	u64 holds = (((((u64)urgent) << 60) >> 63) != 0) != 0;
	if (holds) {
		u8 kind;
		bpf_probe_read_user(&kind, sizeof(kind), (void *)v_p);
		holds = (((((u64)kind) << 61) >> 61) == 2) != 0;
	}
	if (holds) {
		u16 value;
		bpf_probe_read_user(&value, sizeof(value), (void *)(v_p + 4));
		u16 key = (u64)value;
		char *cell = bpf_map_lookup_elem(&m_ports, &key);
		if (!cell) {
			u64 empty[1] = { 0 };
			bpf_map_update_elem(&m_ports, &key, empty, BPF_NOEXIST);
			cell = bpf_map_lookup_elem(&m_ports, &key);
		}
		if (cell) {
			*(u64 *)cell += 1;
		} else {
			count_loss(0);
		}
	}
	struct m_names_key key2 __aligned(8);
#line 14
	u64 next;
	bpf_probe_read_user(&next, sizeof(next), (void *)(v_p + 32));
	bpf_probe_read_user(key2.name, 12, (void *)(next + 16));
	u8 value2;
	bpf_probe_read_user(&value2, sizeof(value2), (void *)(v_p + 15));
	key2.element = (u64)value2;
	char *cell2 = bpf_map_lookup_elem(&m_names, &key2);
	if (!cell2) {
		u64 empty2[2] = { 0 };
		bpf_map_update_elem(&m_names, &key2, empty2, BPF_NOEXIST);
		cell2 = bpf_map_lookup_elem(&m_names, &key2);
	}
	if (cell2) {
		u32 word;
		bpf_probe_read_user(&word, sizeof(word), (void *)(v_p + 12));
		*(u64 *)cell2 += ((u64)word);
		*(u64 *)(cell2 + 8) += 1;
	} else {
		count_loss(1);
	}
	u64 value3 = 52;
#line 15
	u64 *cell3 = bpf_map_lookup_elem(&m_size, &(u32){ 0 });
	if (cell3) {
		*cell3 = value3;
	} else {
		bpf_map_update_elem(&m_size, &(u32){ 0 }, &value3, BPF_ANY);
	}
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
#line 16
	if (event) {
		event->header = 0;
		char buffer[8] __aligned(8);
		u32 word2;
		bpf_probe_read_user(&word2, sizeof(word2), (void *)(v_p + 12));
		u32 number = ((u64)word2);
		__builtin_memcpy(buffer, &number, 4);
		u32 number2 = 0;
		__builtin_memcpy(&number2, buffer, 4);
		event->word = (u64)(u32)number2;
		ring_submit(event);
	} else {
		count_loss(2);
	}
#line 11
	return 0;
}
