#define LOSS_KINDS 4
#include "kask.bpf.h"
#include "losses.bpf.h"

struct path {
	void *dentry;
} __kernel_struct;

struct file {
	struct path f_path;
} __kernel_struct;

struct qstr {
	u8 unused;
} __kernel_struct;

struct dentry {
	struct qstr d_name;
} __kernel_struct;

struct task_struct {
	void *real_parent;
	s8 comm[16];
} __kernel_struct;

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 1024);
	__uint(value_size, 16);
} m_long SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 16);
	__uint(value_size, 8);
} m_parents SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_HASH);
	__uint(max_entries, 4096);
	__uint(key_size, 8);
	__uint(value_size, 8);
} m_errors SEC(".maps");

struct {
	__uint(type, BPF_MAP_TYPE_PERCPU_ARRAY);
	__uint(max_entries, 1);
	__uint(key_size, 4);
	__uint(value_size, 1024);
} scratch_fentry_vmlinux_vfs_read_1 SEC(".maps");

char LICENSE[] SEC("license") = "GPL";

#line 2 "walk.bt"
SEC("fentry/vfs_read")
int fentry_vmlinux_vfs_read_1(void *ctx)
{
	char v_name[16] __aligned(8);
	bpf_probe_read_kernel(v_name, 16, (void *)((u64)&(((struct dentry *)((u64)(((struct file *)((u64)*(u64 *)ctx))->f_path.dentry)))->d_name)));
	if (((u64)(*(u32 *)(v_name + 4))) > 8) {
		char *scratch = bpf_map_lookup_elem(&scratch_fentry_vmlinux_vfs_read_1, &(u32){ 0 });
#line 5
		if (!scratch)
			return 0;
		zero_bytes(scratch, 1024);
		s64 value = bpf_probe_read_kernel_str(scratch, 1024, (void *)(*(u64 *)(v_name + 8)));
		if (value == 1024) {
			bpf_probe_read_kernel((char *)scratch + 1023, 1, (void *)(*(u64 *)(v_name + 8)) + 1023);
			if (*((char *)scratch + 1023)) {
				count_loss(0);
			}
		}
		char *cell = bpf_map_lookup_elem(&m_long, scratch);
		if (!cell) {
			u64 empty[2] = { 0 };
			bpf_map_update_elem(&m_long, scratch, empty, BPF_NOEXIST);
			cell = bpf_map_lookup_elem(&m_long, scratch);
		}
		if (cell) {
			u64 value2 = ((u64)*(u64 *)(ctx + 16));
			if (!*(u64 *)(cell + 8) || value2 > *(u64 *)cell) {
				*(u64 *)cell = value2;
				*(u64 *)(cell + 8) = 1;
			}
		} else {
			count_loss(1);
		}
#line 4
	}
#line 7
	char buffer[16] __aligned(8);
	void *task = bpf_get_current_task_btf();
	bpf_probe_read_kernel(buffer, 16, (void *)((u64)&(((struct task_struct *)((u64)(((struct task_struct *)((u64)task))->real_parent)))->comm)));
	char *cell2 = bpf_map_lookup_elem(&m_parents, buffer);
	if (!cell2) {
		u64 empty2[1] = { 0 };
		bpf_map_update_elem(&m_parents, buffer, empty2, BPF_NOEXIST);
		cell2 = bpf_map_lookup_elem(&m_parents, buffer);
	}
	if (cell2) {
		*(u64 *)cell2 += 1;
	} else {
		count_loss(2);
	}
#line 2
	return 0;
}

#line 9
SEC("fexit/vfs_read")
int fexit_vmlinux_vfs_read_2(void *ctx)
{
	if (!(((s64)*(u64 *)(ctx + 32)) < 0))
		return 0;

	s64 key = -((s64)*(u64 *)(ctx + 32));
	char *cell = bpf_map_lookup_elem(&m_errors, &key);
	if (!cell) {
		u64 empty[1] = { 0 };
		bpf_map_update_elem(&m_errors, &key, empty, BPF_NOEXIST);
		cell = bpf_map_lookup_elem(&m_errors, &key);
	}
	if (cell) {
		*(u64 *)cell += 1;
	} else {
		count_loss(3);
	}
	return 0;
}
