#define RING_BYTES 262144
#define LOSS_KINDS 5
#include "kask.bpf.h"
#include "division.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 1);
	__uint(value_size, 4);
} m_small SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 16);
	__uint(value_size, 8);
} m_large SEC(".maps");

struct m_large_key {
	s64 i_2;
	u32 pid;
	char pad12[4];
};

struct loop_1 {
	s64 from;
	u64 pid_tgid;
	u64 left;
};

struct event_0 {
	u64 header;
	char kind[5];
	char pad13[3];
	u32 value;
	char pad20[4];
	s64 value2;
};

char LICENSE[] SEC("license") = "GPL";

#line 20 "control.bt"
static long loop_1_body(u32 loop_index, void *context)
{
	struct loop_1 *captured = context;

	s64 v_i_2 = captured->from + loop_index;
	if (v_i_2 == 50) {
		captured->left = 1;
#line 22
		return 1;
#line 21
	}
#line 24
	s64 value2 = v_i_2;
	struct m_large_key key2 __aligned(8);
	key2.i_2 = v_i_2;
	key2.pid = captured->pid_tgid >> 32;
	zero_aligned4(key2.pad12, 4);
	s64 *cell2 = bpf_map_lookup_elem(&m_large, &key2);
	if (cell2) {
		*cell2 = value2;
	} else {
		if (bpf_map_update_elem(&m_large, &key2, &value2, BPF_ANY))
			count_loss(1);
	}
#line 20
	return 0;
}

#line 2
SEC("perf_event")
int interval_s_1_1(void *ctx)
{
	s64 v_n = 0;
	char v_kind[8] __aligned(8);
#line 4
	v_n = 0;
	while (v_n < 10) {
		v_n = v_n + 1;
		if (v_n == 3) {
			loop_edge(); continue;
#line 7
		}
#line 10
		if (v_n == 7) {
			break;
		}
#line 5
		loop_edge();
	}
#line 14
#pragma clang loop unroll(full)
	for (u32 round = 0; round < 3; round++) {
		v_n = v_n * 2;
	}
#line 20
	u64 pid_tgid = bpf_get_current_pid_tgid();
#line 17
	for (s64 v_i = 0; v_i < 4; v_i++) {
		u32 value = pid_tgid >> 32;
#line 18
		s8 key = v_i;
		u32 *cell = bpf_map_lookup_elem(&m_small, &key);
		if (cell) {
			*cell = value;
		} else {
			if (bpf_map_update_elem(&m_small, &key, &value, BPF_ANY))
				count_loss(0);
		}
#line 17
	}
#line 20
	s64 from = 0;
	s64 to = v_n;
	u64 rounds = to > from ? to - from : 0;
	struct loop_1 shared = { .from = from, .pid_tgid = pid_tgid };
	u64 turns = rounds > 8388608 ? 8388608 : rounds;
	if (turns && bpf_loop(turns, loop_1_body, &shared, 0) == 8388608 &&
	    rounds > 8388608)
		count_loss(2);
	if (shared.left) {
		return 0;
	}
#line 26
	if (v_n > 5) {
		store_text8(v_kind, "many\000", 5);
	} else {
		store_text8(v_kind, "few\000", 4);
		zero_aligned4((v_kind + 4), 1);
	}
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
#line 27
	if (event) {
		event->header = 0;
		copy_aligned8(event->kind, v_kind, 5);
		event->value = ((pid_tgid >> 32) != 0) ? ((u64)(u32)pid_tgid) : 0ULL;
		event->value2 = checked_signed_quotient((-7LL), v_n, 3);
		ring_submit(event);
	} else {
		count_loss(4);
	}
#line 2
	return 0;
}
