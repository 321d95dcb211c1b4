/* Who runs, as a pid namespace sees it. */
#ifndef NAMESPACES_BPF_H
#define NAMESPACES_BPF_H
#include "kask.bpf.h"

static long (*bpf_get_ns_current_pid_tgid)(u64 dev, u64 ino, void *ids, u32 size) = (void *)120;

/* As bpf_get_current_pid_tgid(); 0 for processes of other namespaces. */
static __always_inline __unused u64 pid_tgid_within(u64 dev, u64 ino)
{
	struct {
		u32 pid;
		u32 tgid;
	} ids = { 0, 0 };

	bpf_get_ns_current_pid_tgid(dev, ino, &ids, sizeof(ids));
	return (u64)ids.tgid << 32 | ids.pid;
}

#endif
