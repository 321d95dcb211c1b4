/* Stack traces: kept once each in a map of the kernel's, named by a number. */
#ifndef STACKS_BPF_H
#define STACKS_BPF_H
#include "kask.bpf.h"

enum { BPF_F_USER_STACK = 1 << 8 };

static long (*bpf_get_stackid)(void *ctx, void *map, u64 flags) = (void *)27;
static long (*bpf_get_stack)(void *ctx, void *to, u32 size, u64 flags) = (void *)67;

#endif
