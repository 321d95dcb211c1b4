/* Packets, sent to user space with an event before them. */
#ifndef PACKETS_BPF_H
#define PACKETS_BPF_H
#include "kask.bpf.h"

struct packet_event {
	u64 header;
	u64 time;
	u64 length;
};

/* This CPU's buffer, and how many bytes of the packet: 20 bits. */
#define PACKET_THIS_CPU 0xffffffffULL
#define PACKET_LENGTH_MASK 0xfffffULL
#define PACKET_NO_ROOM (-28)

static long (*bpf_skb_output)(void *packet, void *map, u64 flags, void *data, u64 size) = (void *)111;

static __always_inline s64 send_packet(void *packet, void *map, u64 header, u64 length)
{
	struct packet_event event = { header, bpf_ktime_get_boot_ns(), length & PACKET_LENGTH_MASK };

	return bpf_skb_output(packet, map, PACKET_THIS_CPU | event.length << 32, &event, sizeof(event));
}

#endif
