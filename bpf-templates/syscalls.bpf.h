/* System calls from the raw tracepoints of all calls, which hand over the caller's registers (x86-64). */
#ifndef SYSCALLS_BPF_H
#define SYSCALLS_BPF_H
#include "kask.bpf.h"

/* Names after three underscores are ours; libbpf leaves them out when it looks for the kernel's. */
struct pt_regs___call {
	unsigned long r10, bp, bx, r9, r8, cx, dx, si, di, orig_ax;
} __kernel_struct;

struct thread_info___call {
	u32 status;
} __kernel_struct;

struct task_struct___call {
	struct thread_info___call thread_info;
} __kernel_struct;

enum { TS_COMPAT = 2 };

/* As the record of a tracepoint has it. */
struct system_call {
	u64 common;
	s64 number;
	u64 values[6];
};

/* Calls of 32 bits have numbers of their own. The tracepoints of single calls leave them out. */
static __always_inline __unused bool is_compat_call(void)
{
	struct task_struct___call *task = bpf_get_current_task_btf();

	return task->thread_info.status & TS_COMPAT;
}

static __always_inline __unused u64 entered_number(u64 *ctx)
{
	return ctx[1];
}

static __always_inline __unused u64 left_number(u64 *ctx)
{
	struct pt_regs___call *regs = (void *)ctx[0];

	return regs->orig_ax;
}

static __always_inline __unused struct system_call entered_call(u64 *ctx)
{
	struct pt_regs___call *regs = (void *)ctx[0];
	struct system_call call = {
		.number = ctx[1],
		.values = { regs->di, regs->si, regs->dx, regs->r10, regs->r8, regs->r9 },
	};

	return call;
}

static __always_inline __unused struct system_call any_call(u64 *ctx)
{
	struct pt_regs___call *regs = (void *)ctx[0];

	if (is_compat_call()) {
		struct system_call call = {
			.number = ctx[1],
			.values = { (u32)regs->bx, (u32)regs->cx, (u32)regs->dx, (u32)regs->si, (u32)regs->di, (u32)regs->bp },
		};

		return call;
	}
	return entered_call(ctx);
}

static __always_inline __unused struct system_call left_call(u64 *ctx)
{
	struct system_call call = {
		.number = (s32)left_number(ctx),
		.values = { ctx[1] },
	};

	return call;
}

#endif
