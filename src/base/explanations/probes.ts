// What `kask help CODE` tells of messages about probes (E03, W03). See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const probesExplanations = {
	E0301: {
		why: "Before the first colon stands a type of probe, in full (tracepoint) or short (t). kask help lists them.",
		wrong: "tracepont:syscalls:sys_enter_read { exit(); }",
		right: "tracepoint:syscalls:sys_enter_read { exit(); }",
	},
	E0302: {
		why: "Attaching takes time and memory for each probe, and a wildcard can mean thousands. The limit keeps a slip from doing harm; raise it where so many are meant.",
		wrong:
			"config = { max_probes = 1 }\ntracepoint:sched:sched_switch, tracepoint:sched:sched_wakeup { @[probe] = count(); }",
		right:
			"config = { max_probes = 2 }\ntracepoint:sched:sched_switch, tracepoint:sched:sched_wakeup { @[probe] = count(); }",
	},
	E0303: {
		why: "The pattern is well formed, and nothing on this machine fits it.",
		wrong: "tracepoint:syscalls:sys_enter_*x* { @ = count(); }",
		right: "tracepoint:syscalls:sys_enter_* { @ = count(); }",
	},
	E0304: {
		why: "Each type of probe has parts of its own, in an order of its own; here there are too many or too few.",
		wrong: "tracepoint:sched_switch { @ = count(); }",
		right: "tracepoint:sched:sched_switch { @ = count(); }",
	},
	E0305: {
		why: "This part of the probe is a number: a rate, a count, an address.",
		wrong: "interval:s:often { @ = count(); }",
		right: "interval:s:2 { @ = count(); }",
	},
	E0306: {
		why: "The number is too small to mean anything: a timer that fires 0 times a second never does.",
		wrong: "profile:hz:0 { @ = count(); }",
		right: "profile:hz:99 { @ = count(); }",
	},
	E0307: {
		why: "Timers are set in s, ms, us, or hz (so many times a second); the unit comes before the number.",
		wrong: "interval:1:s { @ = count(); }",
		right: "interval:s:1 { @ = count(); }",
	},
	E0308: {
		why: "This type of probe is not looked up in a list, or each costs too much, so it is named in full.",
		wrong: "software:*:100 { @ = count(); }",
		right: "software:page-faults:100 { @ = count(); }",
	},
	E0309: {
		why: "Tracepoints stand in categories, and this kernel has none of that name. Categories come with parts of the kernel and with modules: one that is not loaded has none.",
		wrong: "tracepoint:syscall:sys_enter_openat { @ = count(); }",
		right: "tracepoint:syscalls:sys_enter_openat { @ = count(); }",
	},
	E0310: {
		why: "The category is there, the event is not. Events come and go between versions of the kernel; a ?? b takes the first that there is.",
		wrong: "tracepoint:sched:sched_swich { @ = count(); }",
		right: "tracepoint:sched:sched_switch { @ = count(); }",
	},
	E0311: {
		why: "Raw tracepoints are named without their category, and this kernel has none of that name.",
		wrong: "rawtracepoint:sched_swich { @ = count(); }",
		right: "rawtracepoint:sched_switch { @ = count(); }",
	},
	E0312: {
		why: "Kernels are built with or without each type of probe, and Secure Boot switches some off; this kernel lacks the type altogether. kask --info lists what it has. Tracepoints are everywhere.",
		wrong: "// without: kprobe\nkprobe:vfs_read { @ = count(); }",
		right:
			"// without: kprobe\nkprobe:vfs_read ?? tracepoint:syscalls:sys_enter_read { @ = count(); }",
	},
	E0313: {
		why: "Only functions that still exist in the compiled kernel can be probed: the compiler puts small ones into their callers, and a few are kept from being traced, as tracing itself uses them.",
		wrong: "kprobe:vfs_raed { @ = count(); }",
		right: "kprobe:vfs_read { @ = count(); }",
	},
	E0314: {
		why: "The functions of a module exist only while it is loaded.",
		wrong: "kprobe:ext5:ext4_sync_file { @ = count(); }",
		right: "kprobe:ext4:ext4_sync_file { @ = count(); }",
	},
	E0315: {
		why: "The kernel is moved to another place in memory at each start, so addresses mean nothing from one day to the next; names do. `--unsafe` lets a kprobe stand at any address of this run of the kernel, as /proc/kallsyms tells them.",
		wrong: "kprobe:0xffffffff81000000 { @ = count(); }",
		right: "kprobe:vfs_read { @ = count(); }",
	},
	E0316: {
		why: "A return probe stands where the function returns, and nowhere else in it.",
		wrong: "kretprobe:vfs_read+4 { @ = count(); }",
		right: "kprobe:vfs_read+4 { @ = count(); }",
	},
	E0317: {
		why: "A program is looked for on the PATH, a library in what ld.so knows, and a path with a / in it from the current folder.",
		wrong: "uprobe:./nosuch/program:main { @ = count(); }",
		right: "uprobe:/usr/bin/app:work { @ = count(); }",
	},
	E0318: {
		why: "The file has no symbol of that name for a function. Programs are often stripped of the names of all but the functions they export; C++ names are given with cpp:.",
		wrong: "uprobe:/usr/bin/app:wrok { @ = count(); }",
		right: "uprobe:/usr/bin/app:work { @ = count(); }",
	},
	E0319: {
		why: "The file is no program or library, or cannot be read: scripts in Python or shell have no functions of their own to probe, their interpreters do.",
		wrong: "uprobe:/etc/hosts:main { @ = count(); }",
		right: "uprobe:/usr/bin/app:work { @ = count(); }",
	},
	E0320: {
		why: "The kernel counts a fixed list of such events; kask -l 'software:*' and kask -l 'hardware:*' show it.",
		wrong: "software:page-fault:100 { @ = count(); }",
		right: "software:page-faults:100 { @ = count(); }",
	},
	E0321: {
		why: "These probes are made from the types of the function's arguments, which come from the kernel's BTF; this kernel was built without.",
		wrong: "// without: btf\nfentry:vfs_read { @ = count(); }",
		right:
			"// without: btf\ntracepoint:syscalls:sys_enter_read { @ = count(); }",
	},
	E0322: {
		why: "Several modules have a function of that name, and their arguments may differ.",
		wrong: "fentry:shared { @ = count(); }",
		right: "fentry:vmlinux:shared { @ = count(); }",
	},
	E0323: {
		why: "The offset is counted in bytes from the function's start and must lie inside of it.",
		wrong: "uprobe:libc:malloc+0x100 { @ = count(); }",
		right: "uprobe:libc:malloc { @ = count(); }",
	},
	E0324: {
		why: "Iterators exist for some kinds of kernel objects only; kask -l 'iter:*' lists them.",
		wrong: "iter:tasks { print(1); }",
		right: "iter:task { print(1); }",
	},
	E0325: {
		why: "USDT probes were put into a program by its authors, and may have been left out by whoever built it. kask -l 'usdt:FILE:*' lists what there is.",
		wrong: "usdt:/usr/bin/app:strat { @ = count(); }",
		right: "usdt:/usr/bin/app:start { @ = count(); }",
	},
	E0326: {
		why: "Processors watch 1, 2, 4 or 8 bytes, for reading (r), writing (w) or running (x) them.",
		wrong: "watchpoint:0x10000000:3:w { @ = count(); }",
		right: "watchpoint:0x10000000:4:w { @ = count(); }",
	},
	E0329: {
		why: "fentry:bpf: and fexit:bpf: trace BPF programs that some tool has loaded already. Programs without type information (BTF), and those of fentry and fexit themselves, cannot be traced.",
	},
	E0330: {
		why: "Each probe of a script is a program of its own, and so are the places of a wildcard whose arguments differ. The verifier looks at one after the other; the limit keeps a slip from taking minutes.",
		wrong:
			"config = { max_bpf_progs = 1 }\ntracepoint:sched:sched_switch { @a = count(); }\ntracepoint:sched:sched_wakeup { @b = count(); }",
		right:
			"config = { max_bpf_progs = 2 }\ntracepoint:sched:sched_switch { @a = count(); }\ntracepoint:sched:sched_wakeup { @b = count(); }",
	},
	E0331: {
		why: "A uprobe is a breakpoint over the first byte of an instruction. Over any other byte it changes what the program does.",
		wrong: "uprobe:libc:malloc+1 { @ = count(); }",
		right: "uprobe:libc:malloc { @ = count(); }",
	},
	E0327: {
		why: "missing_probes lets a script go on without what is missing; when all is missing there is nothing to go on with.",
		wrong:
			'config = { missing_probes = "ignore" }\ntracepoint:sched:sched_swich { @ = count(); }',
		right:
			'config = { missing_probes = "ignore" }\ntracepoint:sched:sched_swich, tracepoint:sched:sched_switch { @ = count(); }',
	},
	E0328: {
		why: "A shipped tool knows which probes it needs, and this kernel has none of their alternatives. The reason names what is missing; kask tools says the same of each tool in its list.",
	},
	E0340: {
		why: "Which instruction belongs to which line is told by debug information, which programs are mostly shipped without.",
		wrong: "uprobe:/lib/libc.so.6@malloc.c:3 { @ = count(); }",
		right: "uprobe:/lib/libc.so.6:malloc { @ = count(); }",
	},
	E0341: {
		why: "No instruction comes from that line: it is empty, a comment, a declaration, or the compiler moved all of it elsewhere.",
		wrong: "uprobe:/usr/bin/app@app.c:4 { @ = count(); }",
		right: "uprobe:/usr/bin/app:work { @ = count(); }",
	},
	E0342: {
		why: "The address lies in no part of the file that holds instructions. A probe writes a break-point there, which would destroy data.",
		wrong: "uprobe:/usr/bin/app:0x10 { @ = count(); }",
		right: "uprobe:/usr/bin/app:work { @ = count(); }",
	},
	E0343: {
		why: "A probe writes a break-point into the code. The size of a function tells that there is code; a symbol without one, as assembly may leave it, could as well be data.",
		wrong: "uprobe:/usr/bin/app:_init { @ = count(); }",
		right: "uprobe:/usr/bin/app:work { @ = count(); }",
	},
	W0301: {
		why: 'missing_probes = "warn" lets the script run without this probe; whatever it was to count will be missing.',
		wrong:
			'config = { missing_probes = "warn" }\ntracepoint:sched:sched_swich, tracepoint:sched:sched_switch { @ = count(); }',
		right:
			'config = { missing_probes = "warn" }\ntracepoint:sched:sched_switch { @ = count(); }',
	},
	W0303: {
		why: "The names are known from the kernel's own lists, and are shown for scripts that run elsewhere; on this kernel nothing of this type can be attached.",
	},
	W0304: {
		why: "The kernel keeps some of its functions from being probed, and says so only when it is asked to. A pattern means whatever can be probed, so the script goes on with the others.",
	},
	W0305: {
		why: "Since glibc 2.34 the functions of libpthread, libdl, librt and libutil are in libc; the old libraries are empty and only there for old programs.",
		wrong: "uprobe:/lib/libpthread.so.0:pthread_create { @ = count(); }",
		right: "uprobe:/lib/libc.so.6:pthread_create { @ = count(); }",
	},
	W0308: {
		why: "The pattern given to -l fits no probe of this machine. That is an answer, not a mistake, so the exit status is 0, as bpftrace's.",
		wrong: "kask -l 'tracepoint:nonesuch:*'",
		right: "kask -l 'tracepoint:sched:*'",
		seen: "in the shell",
	},
	W0309: {
		why: "Under --unsafe a kernel function is probed that is not on the list of those that can be traced (or not in the file of --traceable-functions). The kernel decides; mostly it refuses.",
		wrong: "// unsafe\nkprobe:no_such_function { @ = count(); }",
		right: "// unsafe\nkprobe:vfs_read { @ = count(); }",
	},
	W0307: {
		why: "Kernels rename functions. Where nothing else has changed, neither the arguments nor when it is called, kask takes the new name, so that older scripts still run. It does not do so in a list of alternatives (??), nor where missing_probes is ignore or warn: such scripts have their own answer.",
		wrong: "kprobe:kfree_skb { @ = count(); }",
		right: "kprobe:kfree_skb ?? kprobe:kfree_skb_reason { @ = count(); }",
	},
	W0306: {
		why: "GCC makes another function of one whose parameters it changed (NAME.isra.0) or that it copied for a constant argument (NAME.constprop.0). It is called where the first would be, but its arguments may be fewer or in another order.",
		wrong: "kprobe:finish_task_switch { @ = count(); }",
		right: "kprobe:finish_task_switch.isra.0 { @ = count(); }",
	},
} as const satisfies Explanations;
