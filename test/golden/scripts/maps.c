#define RING_BYTES 262144
#define LOSS_KINDS 2
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "maps.bpf.h"
#include "ring.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_LRU_HASH);
	__uint(max_entries, 8);
	__uint(key_size, 1);
	__uint(value_size, 5);
} m_few SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 8);
} m_one SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 2);
	__uint(value_size, 6);
} m_text SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_sum SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 5);
	__uint(key_size, 4);
	__uint(value_size, 8);
} facts SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 32);
} scratch_begin_1 SEC(".maps");

struct loop_1 {
	char *total;
	const void *key;
};

struct event_0 {
	u64 header;
	char element[4];
	char pad12[4];
};

struct loop_2 {
	u64 left;
};

struct loop_3 {
	char *scratch;
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

struct event_4 {
	u64 header;
	u64 code;
};

char LICENSE[] SEC("license") = "GPL";

#line 12 "maps.bt"
static long loop_1_body(u32 loop_index, void *context)
{
	struct loop_1 *captured = context;

	char *cell5 = bpf_map_lookup_percpu_elem(&m_sum, captured->key, loop_index);
	if (!cell5)
		return 1;
	*(u64 *)captured->total += *(u64 *)cell5;
	return 0;
}

#line 15
static long loop_2_body(void *loop_map, const void *loop_key, void *loop_value, void *context)
{
	struct loop_2 *captured = context;

	char v_kv[8] __aligned(8);
	copy_aligned8(v_kv, loop_key, 1);
	copy_aligned1((v_kv + 1), loop_value, 5);
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
#line 16
	if (event) {
		event->header = 0;
		copy_aligned2(event->element, (v_kv + 2), 4);
		ring_submit(event);
	} else {
		count_loss(1);
	}
	s64 *cell7 = bpf_map_lookup_elem(&m_one, &(u32){ 0 });
#line 17
	s64 old2 = cell7 ? *cell7 : 0;
	s64 value3 = old2 * 2;
	if (cell7) {
		*cell7 = value3;
	} else {
		bpf_map_update_elem(&m_one, &(u32){ 0 }, &value3, BPF_ANY);
	}
#line 15
	return 0;
}

#line 20
static long loop_3_body(void *loop_map, const void *loop_key, void *loop_value, void *context)
{
	struct loop_3 *captured = context;

	char v_kv_2[8] __aligned(8);
	copy_aligned8(v_kv_2, loop_key, 2);
	copy_aligned2((v_kv_2 + 2), loop_value, 6);
	s64 value4 = (*(s64 *)captured->scratch);
#line 21
	s64 *count = (void *)(captured->scratch + 24);
	*count = 0;
	bpf_for_each_map_elem(&m_few, count_element, &count, 0);
	(*(s64 *)captured->scratch) = value4 + (*count);
	if ((*(s64 *)captured->scratch) > 100) {
		return 1;
#line 22
	}
#line 20
	return 0;
}

#line 4
SEC("raw_tp")
int begin_1(void *ctx)
{
	char *scratch = bpf_map_lookup_elem(&scratch_begin_1, &(u32){ 0 });
	if (!scratch)
		return 0;
	(*(s64 *)scratch) = 0;
	{
#line 6
		s64 value = 1;
		s64 *cell = bpf_map_lookup_elem(&m_one, &(u32){ 0 });
		if (cell) {
			*cell = value;
		} else {
			bpf_map_update_elem(&m_one, &(u32){ 0 }, &value, BPF_ANY);
		}
#line 4
	}
	{
#line 7
		s64 amount = 2;
		s64 *cell2 = bpf_map_lookup_elem(&m_one, &(u32){ 0 });
		if (cell2) {
			__sync_fetch_and_add(cell2, amount);
		} else {
			s64 first = amount;
			if (bpf_map_update_elem(&m_one, &(u32){ 0 }, &first, BPF_NOEXIST)) {
				cell2 = bpf_map_lookup_elem(&m_one, &(u32){ 0 });
				if (cell2) {
					__sync_fetch_and_add(cell2, amount);
				}
			}
		}
#line 4
	}
	{
#line 8
		s64 *cell3 = bpf_map_lookup_elem(&m_one, &(u32){ 0 });
		s64 old = cell3 ? *cell3 : 0;
		s64 value2 = old << 3;
		if (cell3) {
			*cell3 = value2;
		} else {
			bpf_map_update_elem(&m_one, &(u32){ 0 }, &value2, BPF_ANY);
		}
#line 4
	}
	{
#line 9
		char text[8] __aligned(8);
		store_text8(text, "k\000", 2);
		char text2[8] __aligned(8);
		store_text8(text2, "value\000", 6);
		if (bpf_map_update_elem(&m_text, text, text2, BPF_ANY))
			count_loss(0);
#line 4
	}
	{
#line 10
		s8 key = 1;
		char tuple[8] __aligned(8);
		*(s8 *)tuple = 1;
		store_text1((tuple + 1), "two\000", 4);
		bpf_map_update_elem(&m_few, &key, tuple, BPF_ANY);
#line 4
	}
	{
#line 11
		char *cell4 = bpf_map_lookup_elem(&m_sum, &(u32){ 0 });
		if (cell4) {
			*(u64 *)cell4 += 5LL;
			*(u64 *)(cell4 + 8) = 1;
		}
#line 4
	}
#line 12
	s8 key2 = 1;
	u64 held = is_found(bpf_map_lookup_elem(&m_few, &key2));
	u64 holds = held != 0;
	if (holds) {
		zero_aligned8((scratch + 8), 16);
		struct loop_1 shared = { .total = (scratch + 8), .key = &(u32){ 0 } };
		bpf_loop(1024, loop_1_body, &shared, 0);
		holds = ((*(s64 *)(scratch + 8)) > 4) != 0;
	}
	if (holds) {
		s64 *cell6 = bpf_map_lookup_elem(&m_one, &(u32){ 0 });
#line 13
		if (cell6) {
			__sync_fetch_and_add(cell6, 1);
		} else {
			s64 first2 = 1;
			if (bpf_map_update_elem(&m_one, &(u32){ 0 }, &first2, BPF_NOEXIST)) {
				cell6 = bpf_map_lookup_elem(&m_one, &(u32){ 0 });
				if (cell6) {
					__sync_fetch_and_add(cell6, 1);
				}
			}
		}
#line 12
	}
#line 15
	struct loop_2 shared2 = { };
	bpf_for_each_map_elem(&m_few, loop_2_body, &shared2, 0);
#line 19
	(*(s64 *)scratch) = 0;
	struct loop_3 shared3 = { .scratch = scratch };
#line 20
	bpf_for_each_map_elem(&m_text, loop_3_body, &shared3, 0);
#line 4
	{
#line 26
		struct event_1 *event2 = bpf_ringbuf_reserve(&ring, sizeof(struct event_1), 0);
		if (event2) {
			event2->header = 1;
			ring_submit(event2);
		} else {
			count_loss(1);
		}
#line 4
	}
	{
#line 27
		struct event_2 *event3 = bpf_ringbuf_reserve(&ring, sizeof(struct event_2), 0);
		if (event3) {
			event3->header = 2;
			ring_submit(event3);
		} else {
			count_loss(1);
		}
#line 4
	}
	{
#line 28
		struct event_3 *event4 = bpf_ringbuf_reserve(&ring, sizeof(struct event_3), 0);
		if (event4) {
			event4->header = 3;
			ring_submit(event4);
		} else {
			count_loss(1);
		}
#line 4
	}
	{
#line 29
		u64 code = ((*(s64 *)scratch) > 0);
		u64 *fact = bpf_map_lookup_elem(&facts, &(u32){ 4 });
		if (fact && !*fact) {
			*fact = 1;
			struct event_4 *event5 = bpf_ringbuf_reserve(&ring, sizeof(struct event_4), 0);
			if (event5) {
				event5->header = 4;
				*(u64 *)(char *)&event5->code = code;
				ring_submit(event5);
			} else {
				count_loss(1);
				*fact = 256 + (u8)code;
			}
		}
		return 0;
#line 4
	}
	return 0;
}
