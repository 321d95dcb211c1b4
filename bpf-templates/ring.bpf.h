/* The ring buffer that carries events to user space. */
#ifndef RING_BPF_H
#define RING_BPF_H
#include "kask.bpf.h"

/* Set by the script's settings; a power of two. */
#ifndef RING_BYTES
#define RING_BYTES 262144
#endif

enum { BPF_RB_NO_WAKEUP = 1, BPF_RB_FORCE_WAKEUP = 2 };
enum { BPF_RB_AVAIL_DATA = 0 };

static void *(*bpf_ringbuf_reserve)(void *ring, u64 size, u64 flags) = (void *)131;
static void (*bpf_ringbuf_submit)(void *record, u64 flags) = (void *)132;
static void (*bpf_ringbuf_discard)(void *record, u64 flags) = (void *)133;
static u64 (*bpf_ringbuf_query)(void *ring, u64 flags) = (void *)134;

struct {
	__uint(type, BPF_MAP_TYPE_RINGBUF);
	__uint(max_entries, RING_BYTES);
} ring SEC(".maps");

/* User space looks into the ring by its own clock, so most events need not wake it. It is woken when a quarter of the
 * ring has filled: by the few events that pass the mark, not by all that follow. */
static __always_inline void ring_submit(void *record, u64 size)
{
	u64 past = bpf_ringbuf_query(&ring, BPF_RB_AVAIL_DATA) - RING_BYTES / 4;

	bpf_ringbuf_submit(record, past < 4 * size + 32 ? BPF_RB_FORCE_WAKEUP : BPF_RB_NO_WAKEUP);
}

#endif
