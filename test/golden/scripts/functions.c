#include "kask.bpf.h"

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 8);
} m_most SEC(".maps");

char LICENSE[] SEC("license") = "GPL";

#line 15 "functions.bt"
SEC("raw_tp")
int begin_1(void *ctx)
{
#line 17
	s64 value = 0;
	s64 *cell = bpf_map_lookup_elem(&m_most, &(u32){ 0 });
	if (cell) {
		*cell = value;
	} else {
		bpf_map_update_elem(&m_most, &(u32){ 0 }, &value, BPF_ANY);
	}
#line 15
	return 0;
}

#line 7
static __noinline s64 fn_larger(s64 v_a, s64 v_b)
{
#line 9
	if (v_a > v_b) {
		return v_a;
	}
#line 12
	return v_b;
#line 7
}

#line 20
SEC("kretprobe")
int kretprobe_vfs_write_2(void *ctx)
{
#line 22
	s64 *cell = bpf_map_lookup_elem(&m_most, &(u32){ 0 });
	s64 most = cell ? *cell : 0;
	s64 returned = fn_larger(most, ((s64)*(u64 *)(ctx + 80)) * 2);
	s64 value = returned;
	s64 *cell2 = bpf_map_lookup_elem(&m_most, &(u32){ 0 });
	if (cell2) {
		*cell2 = value;
	} else {
		bpf_map_update_elem(&m_most, &(u32){ 0 }, &value, BPF_ANY);
	}
#line 20
	return 0;
}
