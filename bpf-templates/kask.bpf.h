/* What every program needs: integer types, map definitions, helper functions by number. No other header is included,
 * so that a script compiles in milliseconds and without any header installed. */
#ifndef KASK_BPF_H
#define KASK_BPF_H

typedef unsigned char u8;
typedef signed char s8;
typedef unsigned short u16;
typedef short s16;
typedef unsigned int u32;
typedef int s32;
typedef unsigned long long u64;
typedef long long s64;
typedef _Bool bool;

#define NULL ((void *)0)
#define SEC(name) __attribute__((section(name), used))
#define __always_inline inline __attribute__((always_inline))
#define __noinline __attribute__((noinline))
#define __unused __attribute__((unused))
#define __weak __attribute__((weak))
#define __aligned(bytes) __attribute__((aligned(bytes)))
/* Fields of such structs are found by name in the running kernel when the program is loaded. */
#define __kernel_struct __attribute__((preserve_access_index))

/* An address from /proc/kallsyms, filled in when the program is loaded. */
#define __ksym __attribute__((section(".ksyms")))

/* Members of a map definition, as libbpf reads them. */
#define __uint(name, value) int(*name)[value]

enum {
	BPF_MAP_TYPE_HASH = 1,
	BPF_MAP_TYPE_ARRAY = 2,
	BPF_MAP_TYPE_PROG_ARRAY = 3,
	BPF_MAP_TYPE_PERF_EVENT_ARRAY = 4,
	BPF_MAP_TYPE_PERCPU_HASH = 5,
	BPF_MAP_TYPE_PERCPU_ARRAY = 6,
	BPF_MAP_TYPE_STACK_TRACE = 7,
	BPF_MAP_TYPE_LRU_HASH = 9,
	BPF_MAP_TYPE_LRU_PERCPU_HASH = 10,
	BPF_MAP_TYPE_RINGBUF = 27,
};

enum { BPF_ANY = 0, BPF_NOEXIST = 1, BPF_EXIST = 2 };

static void *(*bpf_map_lookup_elem)(void *map, const void *key) = (void *)1;
static long (*bpf_map_update_elem)(void *map, const void *key, const void *value, u64 flags) = (void *)2;
static long (*bpf_map_delete_elem)(void *map, const void *key) = (void *)3;
static long (*bpf_probe_read)(void *to, u32 size, const void *from) = (void *)4;
static u64 (*bpf_ktime_get_ns)(void) = (void *)5;
static u32 (*bpf_get_prandom_u32)(void) = (void *)7;
static u32 (*bpf_get_smp_processor_id)(void) = (void *)8;
static u64 (*bpf_get_current_pid_tgid)(void) = (void *)14;
static u64 (*bpf_get_current_uid_gid)(void) = (void *)15;
static long (*bpf_get_current_comm)(void *text, u32 size) = (void *)16;
static u64 (*bpf_get_current_task)(void) = (void *)35;
static u32 (*bpf_get_numa_node_id)(void) = (void *)42;
static long (*bpf_probe_read_str)(void *to, u32 size, const void *from) = (void *)45;
static u64 (*bpf_get_current_cgroup_id)(void) = (void *)80;
static long (*bpf_probe_read_user)(void *to, u32 size, const void *from) = (void *)112;
static long (*bpf_probe_read_kernel)(void *to, u32 size, const void *from) = (void *)113;
static long (*bpf_probe_read_user_str)(void *to, u32 size, const void *from) = (void *)114;
static long (*bpf_probe_read_kernel_str)(void *to, u32 size, const void *from) = (void *)115;
static u64 (*bpf_jiffies64)(void) = (void *)118;
static u64 (*bpf_ktime_get_boot_ns)(void) = (void *)125;
static void *(*bpf_get_current_task_btf)(void) = (void *)158;
static long (*bpf_for_each_map_elem)(void *map, void *callback, void *context, u64 flags) = (void *)164;
static u64 (*bpf_get_func_ip)(void *ctx) = (void *)173;
static u64 (*bpf_get_attach_cookie)(void *ctx) = (void *)174;
static long (*bpf_loop)(u32 count, void *callback, void *context, u64 flags) = (void *)181;
static long (*bpf_get_func_ret)(void *ctx, u64 *value) = (void *)184;
static void *(*bpf_map_lookup_percpu_elem)(void *map, const void *key, u32 cpu) = (void *)195;
static u64 (*bpf_ktime_get_tai_ns)(void) = (void *)208;
static void *(*bpf_per_cpu_ptr)(const void *variable, u32 cpu) = (void *)153;
static void *(*bpf_this_cpu_ptr)(const void *variable) = (void *)154;

/* Whether a look-up found something, as a number that clang can't compute with pointers: the verifier allows no such
 * arithmetic. */
static __always_inline u64 is_found(const void *value)
{
	u64 found = value != NULL;

	asm volatile("" : "+r"(found));
	return found;
}

/* A few bytes are copied and zeroed in line, in words as large as their alignment allows. */
#define assume_aligned(pointer, bytes) __builtin_assume_aligned(pointer, bytes)
#define copy_aligned8(to, from, size) __builtin_memcpy(assume_aligned(to, 8), assume_aligned(from, 8), size)
#define copy_aligned4(to, from, size) __builtin_memcpy(assume_aligned(to, 4), assume_aligned(from, 4), size)
#define copy_aligned2(to, from, size) __builtin_memcpy(assume_aligned(to, 2), assume_aligned(from, 2), size)
#define copy_aligned1(to, from, size) __builtin_memcpy(to, from, size)
#define zero_aligned8(to, size) __builtin_memset(assume_aligned(to, 8), 0, size)
#define zero_aligned4(to, size) __builtin_memset(assume_aligned(to, 4), 0, size)
#define zero_aligned2(to, size) __builtin_memset(assume_aligned(to, 2), 0, size)
#define zero_aligned1(to, size) __builtin_memset(to, 0, size)
#define store_text8(to, text, size) __builtin_memcpy(assume_aligned(to, 8), text, size)
#define store_text4(to, text, size) __builtin_memcpy(assume_aligned(to, 4), text, size)
#define store_text2(to, text, size) __builtin_memcpy(assume_aligned(to, 2), text, size)
#define store_text1(to, text, size) __builtin_memcpy(to, text, size)

/* For more bytes clang would call memcpy and memset, which BPF does not have; its helpers are as good. A read from
 * address 0 fails at once, and the helper then fills all of `to` with zeros. */
static __always_inline void copy_bytes(void *to, const void *from, u32 size)
{
	bpf_probe_read_kernel(to, size, from);
}

static __always_inline void zero_bytes(void *to, u32 size)
{
	bpf_probe_read_kernel(to, size, NULL);
}

/* Linux 6.1 takes a loop that goes back right behind a call for an endless one; a jump in between, which the JIT
 * leaves out, makes it a loop like others. */
#define loop_edge() asm volatile("goto +0")

#endif
