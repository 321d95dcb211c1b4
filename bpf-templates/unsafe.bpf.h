/* Helpers that change what the traced process or the kernel does. */
#ifndef UNSAFE_BPF_H
#define UNSAFE_BPF_H
#include "kask.bpf.h"

static long (*bpf_probe_write_user)(void *to, const void *from, u32 size) = (void *)36;
static long (*bpf_override_return)(void *ctx, u64 result) = (void *)58;
static long (*bpf_send_signal)(u32 signal) = (void *)109;
static long (*bpf_send_signal_thread)(u32 signal) = (void *)117;

#endif
