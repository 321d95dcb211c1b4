// What `kask help CODE` tells of messages about tools, the kernel and the run (E05 to E07, E09). See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const runningExplanations = {
	E0501: {
		why: "The function is known, and kask cannot do it yet; it says so rather than doing something else.",
	},
	E0471: {
		why: "The value exists on some architectures only, because it names something of the processor.",
	},
	W0710: {
		why: "dw_ustack unwinds a stack by tables that kask has read from the files of the processes it was told of. The event came from another process: a program that the named one has started, say, or, with profile probes, whatever else ran. There its value is an empty stack. A predicate such as /pid == cpid/ leaves the others out; ustack needs no tables.",
	},
	E0601: {
		why: "kask makes C from a script and has clang compile it for the kernel's virtual machine. A script that was compiled before needs none (see the cache).",
	},
	E0603: {
		why: "The file that import names cannot be read. Its path begins at the folder of the script that imports it.",
	},
	E0604: {
		why: "Configuration belongs to the script that is run: two imported scripts might want different things.",
	},
	E0605: {
		why: "The header is not on this machine. Only headers of the kernel's own source, such as <net/sock.h>, need not be: the kernel tells its types itself.",
		wrong: "kask -e '#include <no/such.h>\nbegin { exit(); }'",
		right: "kask -e '#include <net/sock.h>\nbegin { exit(); }'",
		seen: "in the shell",
	},
	E0606: {
		why: "A C library (.bpf.c) is compiled by clang for eBPF before the script is, and clang did not take it. The place is in the library. Of its includes, vmlinux.h is made from the kernel's own types; all others are looked for beside the library, in the folders given with -I, and where libc's and libbpf's headers are.",
	},
	E0607: {
		why: "Script and libraries become one object, as files of a C program do. Two functions of one name, or two licences, cannot be in it.",
	},
	E0608: {
		why: "A library that is compiled already (.bpf.o) must tell the types of its functions, or nobody would know how to call them. clang writes them with -g.",
	},
	E0701: {
		why: "kask loads programs into the kernel through libbpf, version 1.0 or newer.",
	},
	E0702: {
		why: "Looking into the kernel shows everything that happens on the machine, so it takes root, or the capabilities CAP_BPF and CAP_PERFMON. Without them kask still checks, formats and compiles.",
	},
	E0715: {
		why: "A process of root can have been started without some of root's capabilities, as container engines do. Looking into the kernel takes CAP_SYS_ADMIN, or CAP_BPF and CAP_PERFMON together; `grep Cap /proc/self/status` shows what a process has.",
	},
	E0703: {
		why: "The kernel is locked down, as it is with Secure Boot: it refuses whatever could change its own memory, and some kinds of probe with it. Tracepoints, uprobes and timers go on working.",
	},
	E0704: {
		why: "Before a program runs in the kernel, the verifier walks all its paths and proves that it ends, reads only memory that it may read, and never reads what was not written. kask writes its C so that this succeeds, but a script can ask for too much: a loop whose end cannot be seen, or so much work that proving it takes too long. What can't be proved is refused, though it may be right. kask names the place and the rule; below is what helps most often.",
		wrong: "begin { $i = 0; while (1) { $i++; @x = $i; } }",
		right: "begin { for ($i : 0..1000) { @x = $i; } exit(); }",
		seen: "by the kernel",
	},
	E0705: {
		why: "The memory of a map is set aside when it is made: number of keys times the size of key and value, on each CPU for aggregations.",
		wrong: "let @big = hash(4000000000);\nbegin { @big[1] = 1; exit(); }",
		right: "let @big = hash(100000);\nbegin { @big[1] = 1; exit(); }",
		seen: "by the kernel",
	},
	E0706: {
		why: "The kernel refused the program or one of its parts before or after looking at its instructions. -v shows all that was said.",
	},
	E0716: {
		why: "With -v the verifier tells of each program how many instructions it followed, and it needs room to write that down.",
		wrong: "kask -v -e 'config = { log_size = 64 } begin { exit(); }'",
		right: "kask -v -e 'begin { exit(); }'",
		seen: "in the shell",
	},
	E0707: {
		why: "The kernel is older than this feature, or was built without it.",
	},
	E0708: {
		why: "The program is loaded, but the event can't be had: it has gone, is used up, or is not allowed here.",
	},
	E0709: {
		why: "Tracepoints are described by files in tracefs, which mostly is mounted at /sys/kernel/tracing.",
	},
	E0710: {
		why: "Output comes from the kernel through a ring buffer that both sides map; its memory could not be had.",
	},
	E0711: {
		why: "The kernel refused to give a map's content. The others are printed all the same.",
	},
	E0712: {
		why: "Each attached probe is an open file. A wildcard can mean more of them than a process may have open.",
	},
	E0713: {
		why: "-p needs the number of a process that runs now.",
		wrong: "kask -p 4194303 -e 'uprobe:libc:malloc { @ = count(); }'",
		right:
			"kask -p $$ -e 'uprobe:libc:malloc { @ = count(); } begin { exit(); }'",
		seen: "in the shell",
	},
	E0714: {
		why: "The command of -c could not be started. It is run without a shell; for a pipe write sh -c '…'.",
		wrong: "kask -c /no/such/program -e 'end { print(1); }'",
		right: "kask -c /bin/true -e 'end { print(1); }'",
		seen: "in the shell",
	},
	E0904: {
		why: "clang refused what kask made of the script. That is a mistake of kask's, never of the script's.",
	},
	E0905: {
		why: "Something in kask went wrong that must not. KASK_TRACE=1 shows where; please report it with the script.",
	},
	W0302: {
		why: "The probe exists but could not be attached, and the script asked to go on without (missing_probes).",
	},
	W0601: {
		why: "Compiled scripts are kept in a folder that must belong to the user and be writable. Without it everything works, only slower.",
	},
	W0701: {
		why: "A map has room for a number of keys that is fixed when it is made. Further keys were not stored, and how many is counted, since a result that is silently wrong is worse than none.",
		wrong:
			"kask -e 'config = { max_map_keys = 1 } begin { @a[1] = 1; @a[2] = 2; exit(); }'",
		right:
			"kask -e 'let @a = hash(100); begin { @a[1] = 1; @a[2] = 2; exit(); }'",
		seen: "in the shell",
	},
	W0702: {
		why: "Stacks are kept in a table by a hash of their frames; two different ones can want the same place, and then one is lost.",
	},
	W0703: {
		why: "Memory that a pointer leads to could not be read: the pointer was null or stale, or the page was not in memory at that moment. 0 or an empty text was taken instead.",
	},
	W0704: {
		why: "The kernel does not stop at a division by zero as a program would. The result is taken as 1, and counted.",
		wrong: "kask -e 'begin { $n = nsecs * 0; print(10 / $n); exit(); }'",
		right:
			"kask -e 'begin { $n = nsecs * 0; if ($n != 0) { print(10 / $n); } exit(); }'",
		seen: "in the shell",
	},
	W0705: {
		why: "An index that is only known when running was larger than the array. 0 is read, and counted.",
		wrong:
			"kask -e 'begin { $a = (uint8[4])0x1020304; $i = 5 + nsecs * 0; print($a[$i]); exit(); }'",
		right:
			"kask -e 'begin { $a = (uint8[4])0x1020304; $i = 3 + nsecs * 0; if ($i < 4) { print($a[$i]); } exit(); }'",
		seen: "in the shell",
	},
	W0708: {
		why: "The kernel lets one loop of a program take 8388608 turns. The rest of the range was left out.",
		wrong:
			"kask -e 'begin { $n = (uint64)pid * 0 + 10000000; for ($i : 0..$n) { } exit(); }'",
		right:
			"kask -e 'begin { $n = (uint64)pid * 0 + 10; for ($j : 0..1000000) { for ($i : 0..$n) { } } exit(); }'",
		seen: "in the shell",
	},
	W0707: {
		why: "With `-k` keys that were read but not in their map are told, each at its place. They read as 0 or as an empty text.",
		wrong: "kask -k -e 'begin { @a[1] = 1; print(@a[2]); exit(); }'",
		right:
			"kask -k -e 'begin { @a[1] = 1; if (has_key(@a, 2)) { print(@a[2]); } exit(); }'",
		seen: "in the shell",
	},
	W0709: {
		why: "What kask printed went into a pipe or onto a terminal whose reader was slower than the events came, or had stopped (`| less`). Nothing is drained meanwhile, so the buffer between the kernel and kask filled up. Events that found no room there are lost; `Lost … events` tells how many, each second and at the end. Maps lose nothing.",
		wrong:
			"kask -c 'dd if=/dev/zero of=/dev/null bs=1 count=100000' -e 'config = { perf_rb_pages = 16 } tracepoint:syscalls:sys_enter_write { printf(\"%d %s\\n\", pid, comm); }' | (read line; sleep 2; tail -n 1)",
		right:
			"kask -c 'dd if=/dev/zero of=/dev/null bs=1 count=100000' -e 'tracepoint:syscalls:sys_enter_write { @[pid, comm] = count(); }' | (read line; sleep 2; tail -n 1)",
		seen: "in the shell",
	},
	W0706: {
		why: "Tracing took a larger share of the CPUs than `--max-overhead` allows, twice in a row. The run was ended as Ctrl-C ends it; what it counted until then is printed. The share is what `--cost` tells: the programs and the way into them, of all CPUs' time.",
		wrong:
			"kask --max-overhead 0.01% -e 'profile:hz:997 { @[kstack, ustack] = count(); }'",
		right:
			"kask --max-overhead 2% -e 'profile:hz:49 { @[kstack, ustack] = count(); } interval:s:1 { exit(); }'",
		seen: "in the shell",
	},
} as const satisfies Explanations;
