/* Names of files. */
#ifndef PATHS_BPF_H
#define PATHS_BPF_H
#include "kask.bpf.h"

static long (*bpf_d_path)(void *path, char *to, u32 size) = (void *)147;

#endif
