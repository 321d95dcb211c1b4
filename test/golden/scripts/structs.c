#define RING_BYTES 262144
#define LOSS_KINDS 4
#include "kask.bpf.h"
#include "core.bpf.h"
#include "losses.bpf.h"
#include "ring.bpf.h"

struct path {
	void *dentry;
} __kernel_struct;

struct file {
	struct path f_path;
	s64 f_pos;
	u32 f_mode;
} __kernel_struct;

struct qstr {
	u32 len;
	void *name;
} __kernel_struct;

struct dentry {
	void *d_parent;
	struct qstr d_name;
} __kernel_struct;

struct task_struct {
	u32 policy : 3;
	s32 weights[4];
	s8 comm[16];
} __kernel_struct;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 4);
	__uint(value_size, 8);
} m_depth SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 4);
} m_weight SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_HASH);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 16);
} m_name SEC(".maps");

struct event_0 {
	u64 header;
	u32 policy;
	s32 element;
};

struct event_1 {
	u64 header;
	char str[1024];
	s64 f_pos;
};

struct event_2 {
	u64 header;
	s32 left;
	u32 low;
	u32 high;
	char name[8];
	char pad28[4];
};

char LICENSE[] SEC("license") = "GPL";

#line 9 "structs.bt"
SEC("fentry/vfs_read")
int fentry_vmlinux_vfs_read_1(void *ctx)
{
#line 11
	u64 d_parent;
	bpf_probe_read_kernel(&d_parent, sizeof(d_parent), (void *)((u64)&(((struct dentry *)((u64)(((struct file *)((u64)*(u64 *)ctx))->f_path.dentry)))->d_parent)));
	u32 len;
	bpf_probe_read_kernel(&len, sizeof(len), &(((struct dentry *)d_parent)->d_name.len));
	u32 key = (u64)len;
	char *cell = bpf_map_lookup_elem(&m_depth, &key);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_depth, &key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_depth, &key);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(0);
	}
#line 9
	void *task = bpf_get_current_task_btf();
#line 12
	struct event_0 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_0), 0);
	if (event) {
		event->header = 0;
		u64 policy = read_bit_field(((struct task_struct *)((u64)task)), policy);
		event->policy = policy;
		event->element = (s64)(((struct task_struct *)((u64)task))->weights[2]);
		ring_submit(event);
	} else {
		count_loss(1);
	}
#line 9
	return 0;
}

#line 15
SEC("kprobe")
int kprobe_vfs_read_2(void *ctx)
{
	u64 v_file = 0;
	u64 v_i = 0;
	u64 v_task = 0;
#line 17
	v_file = *(u64 *)(ctx + 112);
	struct event_1 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_1), 0);
#line 18
	if (event) {
		event->header = 1;
		u64 dentry;
		bpf_probe_read_kernel(&dentry, sizeof(dentry), &(((struct file *)v_file)->f_path.dentry));
		u64 name;
		bpf_probe_read_kernel(&name, sizeof(name), &(((struct dentry *)dentry)->d_name.name));
		s64 value = bpf_probe_read_kernel_str(event->str, 1024, (void *)name);
		if (value == 1024) {
			bpf_probe_read_kernel((char *)event->str + 1023, 1, (void *)name + 1023);
			if (*((char *)event->str + 1023)) {
				count_loss(2);
			}
		}
		s64 f_pos;
		bpf_probe_read_kernel(&f_pos, sizeof(f_pos), &(((struct file *)v_file)->f_pos));
		event->f_pos = f_pos;
		ring_submit(event);
	} else {
		count_loss(1);
	}
	u32 f_mode;
#line 19
	bpf_probe_read_kernel(&f_mode, sizeof(f_mode), &(((struct file *)v_file)->f_mode));
	v_i = (u64)f_mode;
	v_task = *(u64 *)(ctx + 104);
	u64 index = ((s64)v_i);
#line 21
	s64 element = 0;
	if (index < 4) {
		s32 value2;
		bpf_probe_read_kernel(&value2, sizeof(value2), (void *)(((u64)&(((struct task_struct *)v_task)->weights)) + index * 4));
		element = ((s64)value2);
	} else {
		count_loss(3);
	}
	s32 value3 = element;
	s32 *cell = bpf_map_lookup_elem(&m_weight, &(u32){ 0 });
	if (cell) {
		*cell = value3;
	} else {
		bpf_map_update_elem(&m_weight, &(u32){ 0 }, &value3, BPF_ANY);
	}
	char buffer[16] __aligned(8);
#line 22
	bpf_probe_read_kernel(buffer, 16, &(((struct task_struct *)v_task)->comm));
	bpf_map_update_elem(&m_name, &(u32){ 0 }, buffer, BPF_ANY);
#line 15
	return 0;
}

#line 25
SEC("uprobe")
int uprobe_usr_bin_app_main_3(void *ctx)
{
	u64 v_p = 0;
#line 27
	v_p = *(u64 *)(ctx + 112);
	struct event_2 *event = bpf_ringbuf_reserve(&ring, sizeof(struct event_2), 0);
#line 28
	if (event) {
		event->header = 2;
		s32 left;
		bpf_probe_read_user(&left, sizeof(left), (void *)v_p);
		event->left = (s64)left;
		u32 low;
		bpf_probe_read_user(&low, sizeof(low), (void *)(v_p + 4));
		event->low = (((u64)low) << 61) >> 61;
		u32 high;
		bpf_probe_read_user(&high, sizeof(high), (void *)(v_p + 4));
		event->high = (((u64)high) << 56) >> 59;
		bpf_probe_read_user(event->name, 8, (void *)(v_p + 5));
		ring_submit(event);
	} else {
		count_loss(1);
	}
#line 25
	return 0;
}
