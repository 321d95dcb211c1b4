/* The kernel's own trace, for looking into a script. */
#ifndef TRACE_BPF_H
#define TRACE_BPF_H
#include "kask.bpf.h"

static long (*bpf_trace_printk)(const char *format, u32 size, ...) = (void *)6;

#endif
