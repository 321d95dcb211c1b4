// Counts what a process does at a raw tracepoint and sends every count through the ring buffer.
#include <linux/bpf.h>
#include <bpf/bpf_helpers.h>

struct record {
	__u64 sequence;
	__u32 cpu;
	__u32 length;
	__u8 filler[48];
};

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, 65536);
} ring SEC(".maps");

// 0: only this process is counted; 1: submitted; 2: dropped; 3: discarded
struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 4);
	__type(key, __u32);
	__type(value, __u64);
} cells SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_ARRAY);
	__uint(max_entries, 1);
	__type(key, __u32);
	__type(value, __u32);
} traced SEC(".maps");

static __always_inline __u64 *cell(__u32 index)
{
	return bpf_map_lookup_elem(&cells, &index);
}

static __always_inline int is_traced(void)
{
	__u32 zero = 0;
	__u32 *pid = bpf_map_lookup_elem(&traced, &zero);

	return pid && *pid == bpf_get_current_pid_tgid() >> 32;
}

SEC("raw_tp")
int send(void *ctx)
{
	struct record *record;
	__u64 *submitted = cell(1), *dropped = cell(2), *discarded = cell(3);

	if (!is_traced() || !submitted || !dropped || !discarded)
		return 0;
	record = bpf_ringbuf_reserve(&ring, sizeof(*record), 0);
	if (!record) {
		*dropped += 1;
		return 0;
	}
	*submitted += 1;
	record->sequence = *submitted;
	record->cpu = bpf_get_smp_processor_id();
	record->length = sizeof(*record);
	__builtin_memset(record->filler, *submitted & 0xff, sizeof(record->filler));
	// Every fourth one is taken back: the reader must not see it.
	if (*submitted % 4 == 0) {
		*discarded += 1;
		bpf_ringbuf_discard(record, 0);
		return 0;
	}
	bpf_ringbuf_submit(record, 0);
	return 0;
}

// The same for begin: run by the run time itself.
SEC("raw_tp")
int begin(void *ctx)
{
	__u64 *submitted = cell(1);

	if (submitted)
		*submitted += 1000;
	return 0;
}

char LICENSE[] SEC("license") = "GPL";
