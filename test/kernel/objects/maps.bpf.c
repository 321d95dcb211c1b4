// One map of every kind that scripts use; the test fills them itself.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct key {
	__u32 a;
	__u32 b;
	__u32 c;
};

#define KEYED(name, kind)                           \
	struct {                                    \
		__uint(type, BPF_MAP_TYPE_##kind);  \
		__uint(max_entries, 5000);          \
		__type(key, struct key);            \
		__type(value, __u32[3]);            \
	} name SEC(".maps")

KEYED(plain_hash, HASH);
KEYED(percpu_hash, PERCPU_HASH);
KEYED(lru_hash, LRU_HASH);
KEYED(lru_percpu_hash, LRU_PERCPU_HASH);

#define INDEXED(name, kind)                         \
	struct {                                    \
		__uint(type, BPF_MAP_TYPE_##kind);  \
		__uint(max_entries, 100);           \
		__type(key, __u32);                 \
		__type(value, __u32[3]);            \
	} name SEC(".maps")

INDEXED(array, ARRAY);
INDEXED(percpu_array, PERCPU_ARRAY);

struct {
	__uint(type, BPF_MAP_TYPE_STACK_TRACE);
	__uint(max_entries, 64);
	__uint(key_size, 4);
	__uint(value_size, 127 * 8);
} stacks SEC(".maps");

SEC("raw_tp")
int take_stack(void *ctx)
{
	bpf_get_stackid(ctx, &stacks, 0);
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
