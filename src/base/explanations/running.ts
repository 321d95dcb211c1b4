// What `kask help CODE` tells of messages about tools, the kernel, the run and the command line (E05 to E09). See explanation.ts.
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
	E0801: {
		why: "There is nothing to do without a script: a file, the name of a tool, or text after -e.",
		wrong: "kask",
		right: "kask -e 'begin { printf(\"hello\\n\"); exit(); }'",
		seen: "in the shell",
	},
	E0802: {
		why: "What stands there is neither a file that can be found nor the name of a shipped tool.",
		wrong: "kask biolatncy",
		right: "kask biolatency --help",
		seen: "in the shell",
	},
	E0803: {
		why: "The environment variable sets a configuration variable, and its value is of the wrong kind.",
		wrong: "KASK_MAX_STRLEN=many kask -e 'begin { exit(); }'",
		right: "KASK_MAX_STRLEN=64 kask -e 'begin { exit(); }'",
		seen: "in the shell",
	},
	E0804: {
		why: "The file is there or not, but cannot be read.",
		wrong: "kask /proc/self/mem",
		right: "echo 'begin { exit(); }' | kask -",
		seen: "in the shell",
	},
	E0805: {
		why: "Options after -- are the script's own, declared by getopt(); this one it does not declare.",
		wrong:
			"kask -e 'begin { print(getopt(\"count\", 1)); exit(); }' -- --amount=2",
		right:
			"kask -e 'begin { print(getopt(\"count\", 1)); exit(); }' -- --count=2",
		seen: "in the shell",
	},
	E0806: {
		why: "The option was declared with a number, a text or a bool as its default, and wants the same.",
		wrong:
			"kask -e 'begin { print(getopt(\"count\", 1)); exit(); }' -- --count=many",
		right:
			"kask -e 'begin { print(getopt(\"count\", 1)); exit(); }' -- --count=3",
		seen: "in the shell",
	},
	E0807: {
		why: "-d prints what one stage makes of a script; the stages are ast, types, plan, c and asm.",
		wrong: "kask -d tree -e 'begin { exit(); }'",
		right: "kask -d ast -e 'begin { exit(); }'",
		seen: "in the shell",
	},
	E0808: {
		why: "The file that -o names cannot be made or written, for the reason shown.",
		wrong: "kask -o /no/such/folder/file -e 'begin { exit(); }'",
		right: "kask -o /dev/null -e 'begin { exit(); }'",
		seen: "in the shell",
	},
	E0809: {
		why: "kask help knows functions, variables, probes and the codes of messages.",
		wrong: "kask help histt",
		right: "kask help hist",
		seen: "in the shell",
	},
	E0811: {
		why: "Only probes whose full names match the regular expression are attached; begin and end always are. Nothing is left of this script.",
		wrong:
			"kask --probe-filter nothing -e 'interval:s:1 { print(1); exit(); }'",
		right:
			"kask --probe-filter interval -e 'interval:s:1 { print(1); exit(); }'",
		seen: "in the shell",
	},
	E0812: {
		why: "An option of kask's own is not known, lacks its value, or has one that it cannot take. Options of a script stand after the script.",
		wrong: "kask -p many -e 'begin { exit(); }'",
		right: "kask -p $$ -e 'begin { exit(); }'",
		seen: "in the shell",
	},
	E0813: {
		why: "A run is about one process: the command of -c, which kask starts, or that of -p, which runs already.",
		wrong: "kask -p $$ -c 'sleep 1' -e 'begin { exit(); }'",
		right: "kask -p $$ -e 'begin { exit(); }'",
		seen: "in the shell",
	},
	W0802: {
		why: "bpftrace passes all quotes of -c on to the command, and so does kask, but for those that keep a word with blanks together, which bpftrace would take apart.",
		wrong: "kask -c \"echo 'hello'\" -e 'begin { print(1); }'",
		right: "kask -c 'echo hello' -e 'begin { print(1); }'",
		seen: "in the shell",
	},
	W0801: {
		why: "One script is run, and of several that are given with -e it is the last, as with bpftrace. A script may have any number of probes.",
		wrong: "kask -e 'begin { print(1); }' -e 'end { print(2); }'",
		right: "kask -e 'begin { print(1); } end { print(2); }'",
		seen: "in the shell",
	},
	E0810: {
		why: 'The script says with getopt("<name>", …) which parameters it takes, and more were given. Text with spaces must stand in quotes.',
		wrong: "kask -e 'begin { print(getopt(\"<count>\", 1)); exit(); }' -- 5 6",
		right: "kask -e 'begin { print(getopt(\"<count>\", 1)); exit(); }' -- 5",
		seen: "in the shell",
	},
	E0830: {
		why: "`kask explain --line` takes the number of a line of the script, the first being 1.",
		wrong: "kask explain 'begin { exit(); }' --line 9",
		right: "kask explain 'begin { exit(); }' --line 1",
		seen: "in the shell",
	},
	E0821: {
		why: "The file is not a recording, or of a version that this kask does not read, or its first lines are damaged.",
		wrong: "kask replay /etc/hostname",
		right: "kask --record run.rec -e 'begin { exit(); }'; kask replay run.rec",
		seen: "in the shell",
	},
	E0822: {
		why: "The command works on a file, and none is named.",
		wrong: "kask replay",
		right: "kask --record run.rec -e 'begin { exit(); }'; kask replay run.rec",
		seen: "in the shell",
	},
	E0823: {
		why: "The recording begins well, but further on it is damaged or cut off, as when kask was killed or the disk was full. What comes before that place has been shown.",
		wrong:
			"kask --record run.rec -e 'begin { exit(); }'; head -c -20 run.rec > cut.rec; kask replay cut.rec",
		right: "kask --record run.rec -e 'begin { exit(); }'; kask replay run.rec",
		seen: "in the shell",
	},
	E0824: {
		why: "The file that --record names cannot be made or written, for the reason shown. The run itself goes on.",
		wrong: "kask --record /no/such/folder/run.rec -e 'begin { exit(); }'",
		right: "kask --record run.rec -e 'begin { exit(); }'",
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
