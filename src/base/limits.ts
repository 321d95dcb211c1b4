// Limits of the kernel that both the checker and the code generator go by.

/** Turns of one bpf_loop: BPF_MAX_LOOPS in the kernel's kernel/bpf/bpf_iter.c, 6.1 to 6.18. */
export const mostTurns = 1 << 23;
