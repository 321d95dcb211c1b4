#define RING_BYTES 262144
#define LOSS_KINDS 4
#include "kask.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"
#include "strings.bpf.h"
#include "syscalls.bpf.h"
#include "thread.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 8);
} m_first SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_last SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 32);
	__uint(value_size, 8);
} m_switches SEC(".maps");

struct event_0 {
	u64 header;
	char comm[16];
	char str[1024];
};

struct event_1 {
	u64 header;
	char file[32];
};

struct m_switches_key {
	char prev_comm[16];
	char next_comm[16];
};

char LICENSE[] SEC("license") = "GPL";

#line 2 "strings.bt"
SEC("tp_btf/sys_enter")
int tracepoint_syscalls_sys_enter_openat_1(void *ctx)
{
	if (entered_number(ctx) != 257 || is_compat_call())
		return 0;
#line 5
	struct system_call call = entered_call(ctx);
#line 4
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
	if (event) {
		event->header = 0;
		const u64 *name = own_comm();
		copy_aligned8(event->comm, name, 16);
		s64 value = bpf_probe_read_user_str(event->str, 1024, (void *)(*(u64 *)(((char *)((u64)&call)) + 24)));
		if (value == 1024) {
			bpf_probe_read_user((char *)event->str + 1023, 1, (void *)(*(u64 *)(((char *)((u64)&call)) + 24)) + 1023);
			if (*((char *)event->str + 1023)) {
				count_loss(0);
			}
		}
		ring_submit(event);
	} else {
		count_loss(1);
	}
	char str[8] __aligned(8);
#line 5
	zero_aligned8(str, 8);
	bpf_probe_read_user_str(str, 8, (void *)(*(u64 *)(((char *)((u64)&call)) + 24)));
	char *cell = bpf_map_lookup_elem(&m_first, str);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_first, str, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_first, str);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(2);
	}
	char comm[16] __aligned(8);
#line 6
	const u64 *name2 = own_comm();
	copy_aligned8(comm, name2, 16);
	if (((u64)!(*(u16 *)comm == 0x6163 && *(u8 *)(comm + 2) == 0x74)) == 0) {
		bpf_map_update_elem(&m_last, &(u32){ 0 }, comm, BPF_ANY);
	}
#line 2
	return 0;
}

#line 11
SEC("tp")
int tracepoint_sched_sched_process_exec_2(void *ctx)
{
	char v_file[32] __aligned(8);
#line 13
	u32 location = *(u32 *)(ctx + 8);
	zero_aligned8(v_file, 32);
	bpf_probe_read_kernel_str(v_file, 32, (void *)((u64)ctx + (location & 0xffff)));
	char buffer[16] __aligned(8);
#line 14
	char *cell = bpf_map_lookup_elem(&m_last, &(u32){ 0 });
	if (cell) {
		copy_aligned8(buffer, cell, 16);
	} else {
		zero_aligned8(buffer, 16);
	}
	if (strings_equal(v_file, buffer, 16)) {
		struct event_1 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_1), 0);
#line 15
		if (event) {
			event->header = 1;
			copy_aligned8(event->file, v_file, 32);
			ring_submit(event);
		} else {
			count_loss(1);
		}
#line 14
	}
#line 11
	return 0;
}

#line 19
SEC("tp")
int tracepoint_sched_sched_switch_3(void *ctx)
{
#line 21
	struct m_switches_key key __aligned(8);
	*(u64 *)key.prev_comm = *(u64 *)(ctx + 8);
	*(u64 *)(key.prev_comm + 8) = *(u64 *)(ctx + 16);
	*(u64 *)key.next_comm = *(u64 *)(ctx + 40);
	*(u64 *)(key.next_comm + 8) = *(u64 *)(ctx + 48);
	char *cell = bpf_map_lookup_elem(&m_switches, &key);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_switches, &key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_switches, &key);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(3);
	}
#line 19
	return 0;
}
