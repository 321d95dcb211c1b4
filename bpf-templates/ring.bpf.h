/* The ring buffer that carries events to user space. */
#ifndef RING_BPF_H
#define RING_BPF_H
#include "kask.bpf.h"

/* Set by the script's settings; a power of two. */
#ifndef RING_BYTES
#define RING_BYTES 262144
#endif

static void *(*bpf_ringbuf_reserve)(void *ring, u64 size, u64 flags) = (void *)131;
static void (*bpf_ringbuf_submit)(void *record, u64 flags) = (void *)132;
static void (*bpf_ringbuf_discard)(void *record, u64 flags) = (void *)133;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, RING_BYTES);
} ring SEC(".maps");

/* With flags 0 the kernel wakes a reader only when it has caught up: once per drain, however many events come. */
static __always_inline void ring_submit(void *record)
{
	bpf_ringbuf_submit(record, 0);
}

#endif
