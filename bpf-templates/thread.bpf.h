/* The thread that runs, from the kernel's own record of it. */
#ifndef THREAD_BPF_H
#define THREAD_BPF_H
#include "kask.bpf.h"

/* Names after three underscores are ours; libbpf leaves them out when it looks for the kernel's. */
struct task_struct___thread {
	char comm[16];
} __kernel_struct;

/* Its name, padded with zeros by the kernel (since 5.17). The verifier knows the record, so no helper reads it. */
static __always_inline const u64 *own_comm(void)
{
	struct task_struct___thread *task = bpf_get_current_task_btf();

	return (const u64 *)task->comm;
}

#endif
