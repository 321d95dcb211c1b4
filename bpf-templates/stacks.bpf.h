/* Stack traces: kept once each in maps, named by a number. */
#ifndef STACKS_BPF_H
#define STACKS_BPF_H
#include "kask.bpf.h"

enum { BPF_F_USER_STACK = 1 << 8 };

static long (*bpf_get_stackid)(void *ctx, void *map, u64 flags) = (void *)27;
static long (*bpf_get_stack)(void *ctx, void *to, u32 size, u64 flags) = (void *)67;

/* What is not used of the room for a stack stays zero. */
static __always_inline __unused void clear_frames(u64 *frames, u32 depth)
{
	u32 i;

#pragma clang loop unroll(disable)
	for (i = 0; i < depth; i++) {
		frames[i] = 0;
		/* Or clang makes it a call of memset(). */
		asm volatile("" ::: "memory");
	}
}

/* Keeps a stack in a map of our own, by a hash of 52 bits and a bit that no number of the kernel's has. */
static __always_inline __unused s64 keep_frames(void *map, u64 *frames, u32 depth)
{
	u64 id = 0xcbf29ce484222325;
	u32 i;

#pragma clang loop unroll(disable)
	for (i = 0; i < depth; i++) {
		id = (id ^ frames[i]) * 0x100000001b3;
		id ^= id >> 32;
	}
	id = id >> 12 | 1ull << 52;
	if (!bpf_map_lookup_elem(map, &id) && bpf_map_update_elem(map, &id, frames, BPF_ANY))
		return -17;
	return id;
}

/*
 * The kernel's map has one place for each hash, and answers EEXIST where another stack has it. Such stacks are kept in
 * the map of our own. Inline: a function would have a frame of its own in the stack.
 */
static __always_inline __unused s64 keep_stack(void *ctx, void *map, u64 *frames, u32 depth, u64 flags)
{
	clear_frames(frames, depth);
	if (bpf_get_stack(ctx, frames, depth * 8, flags) < 0)
		return -14;
	return keep_frames(map, frames, depth);
}

#endif
