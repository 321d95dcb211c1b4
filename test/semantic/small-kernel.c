// A kernel small enough to know by heart: its types, functions and raw tracepoints, in the kernel's own words where
// scripts of the tests use them. Built by clang; its BTF stands for the running kernel's.
typedef unsigned char u8;
typedef unsigned short u16;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef u64 uint64_t;
typedef int pid_t;
typedef unsigned long size_t;
typedef long ssize_t;
typedef long long loff_t;
typedef _Bool bool;

struct list_head {
	struct list_head *next, *prev;
};

struct qstr {
	union {
		struct {
			u32 hash;
			u32 len;
		};
		u64 hash_len;
	};
	const unsigned char *name;
};

struct dentry {
	unsigned int d_flags;
	struct dentry *d_parent;
	struct qstr d_name;
	unsigned char d_iname[32];
};

struct vfsmount {
	int mnt_flags;
};

struct path {
	struct vfsmount *mnt;
	struct dentry *dentry;
};

struct file {
	unsigned int f_mode;
	struct path f_path;
	loff_t f_pos;
};

enum pid_type { PIDTYPE_PID, PIDTYPE_TGID, PIDTYPE_PGID, PIDTYPE_MAX };

enum tcp_state { TCP_ESTABLISHED = 1, TCP_SYN_SENT, TCP_CLOSE = 7 };

struct mm_struct {
	unsigned long total_vm;
};

struct task_struct {
	unsigned int __state;
	void *stack;
	int prio;
	u16 wake_cpu;
	unsigned int in_execve : 1;
	unsigned int policy : 3;
	pid_t pid;
	pid_t tgid;
	struct task_struct *real_parent;
	struct list_head children;
	struct mm_struct *mm;
	u64 start_time;
	char comm[16];
	int weights[4];
	bool on_cpu;
};

struct unknown_here;

struct sock {
	u8 state;
	union {
		u32 daddr;
		u8 address[4];
	};
	struct unknown_here *security;
};

ssize_t vfs_read(struct file *file, char *buf, size_t count, loff_t *pos) { return 0; }
ssize_t vfs_write(struct file *file, const char *buf, size_t count, loff_t *pos) { return 0; }
int tcp_connect(struct sock *sk) { return 0; }
void blk_account_io_start(void *rq) {}
long do_nanosleep(void *timer, unsigned int mode) { return 0; }

typedef void (*btf_trace_sched_switch)(void *, bool, struct task_struct *, struct task_struct *);
typedef void (*btf_trace_sched_wakeup)(void *, struct task_struct *);

struct bpf_iter_meta {
	u64 session_id;
};
struct bpf_iter__task {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
};
struct bpf_iter__task_file {
	struct bpf_iter_meta *meta;
	struct task_struct *task;
	u32 fd;
	struct file *file;
};

struct {
	btf_trace_sched_switch sched_switch;
	btf_trace_sched_wakeup sched_wakeup;
	enum pid_type pid;
	enum tcp_state tcp;
	struct mm_struct mm;
	struct dentry dentry;
	struct vfsmount mount;
	struct bpf_iter__task task;
	struct bpf_iter__task_file task_file;
	uint64_t u;
	s32 s;
} types;
