/* Processes other than the one that runs. */
#ifndef TASKS_BPF_H
#define TASKS_BPF_H
#include "kask.bpf.h"

struct task_struct;

/* Since Linux 6.2. What is found must be released. */
extern struct task_struct *bpf_task_from_pid(s32 pid) __ksym;
extern void bpf_task_release(struct task_struct *task) __ksym;

#endif
