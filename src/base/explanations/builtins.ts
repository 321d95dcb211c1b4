// What `kask help CODE` tells of messages about builtins (E04). See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const builtinsExplanations = {
	E0484: {
		why: "dw_ustack unwinds stacks by tables that kask reads from the programs and libraries of a process, into the kernel. That takes time and memory, so it is done for the processes that are named: by -p, which restricts the probes to it as well, by -c, or by --dwarf-pid, as often as there are processes.",
		wrong: "kask -e 'profile:hz:99 { @[dw_ustack] = count(); }'",
		right:
			"kask -c 'sleep 1' -e 'config = { unstable_dw_ustack = enable } profile:hz:99 /pid == cpid/ { @[dw_ustack] = count(); }'",
		seen: "in the shell",
	},
	E0401: {
		why: "There is no function, macro or fn of that name. kask help lists the functions.",
		wrong: 'begin { prinft("hello\\n"); }',
		right: 'begin { printf("hello\\n"); }',
	},
	E0402: {
		why: "The function takes another number of arguments; kask help NAME shows how it is written.",
		wrong: "begin { @x = hist(); }",
		right: "begin { @x = hist(nsecs); }",
	},
	E0403: {
		why: "The argument is of a kind that the function can do nothing with.",
		wrong: 'begin { @x = hist("text"); }',
		right: 'begin { @x = hist(strlen("text")); }',
	},
	E0405: {
		why: "Tracing is only looking on, except for a few functions: they run commands, end programs, or change memory or results. They are allowed by --unsafe, for the whole run.",
		wrong: 'begin { system("true"); }',
		right: 'begin { print("true"); }',
	},
	E0450: {
		why: "Each % of a format takes one value, in their order.",
		wrong: 'begin { printf("%s %d\\n", comm); }',
		right: 'begin { printf("%s %d\\n", comm, pid); }',
	},
	E0451: {
		why: "%d and its like print numbers; text, addresses, stacks and all else are printed by %s.",
		wrong: 'begin { printf("%d\\n", comm); }',
		right: 'begin { printf("%s\\n", comm); }',
	},
	E0452: {
		why: "Formats are C's, without fractions: the kernel has no floating point numbers.",
		wrong: 'begin { printf("%5.1f\\n", 10); }',
		right: 'begin { printf("%5d\\n", 10); }',
	},
	E0453: {
		why: "IPv4 addresses have four numbers from 0 to 255, IPv6 ones groups of hexadecimal digits.",
		wrong: 'begin { print(pton("127.0.0")); }',
		right: 'begin { print(pton("127.0.0.1")); }',
	},
	E0454: {
		why: "A pointer does not say how many bytes stand there.",
		wrong: "begin { print(buf((uint8 *)0)); }",
		right: "begin { print(buf((uint8 *)0, 8)); }",
	},
	E0455: {
		why: "print_hist() draws what hist() and its like keep, and this map keeps something else.",
		wrong: 'begin { @c = count(); print_hist(@c, "msecs"); }',
		right: 'begin { @c = hist(5); print_hist(@c, "msecs"); }',
	},
	E0460: {
		why: "What a probe brings depends on its type: fields in tracepoints, arguments at the entry of functions, a result at their return. begin and end bring nothing.",
		wrong: "begin { print(retval); }",
		right: "kretprobe:vfs_read { print(retval); }",
	},
	E0461: {
		why: "The map has many values; the function works on one of them.",
		wrong: "begin { @a[1] = 1; delete(@a); }",
		right: "begin { @a[1] = 1; delete(@a, 1); }",
	},
	E0462: {
		why: "The map holds one value, which is found without a key.",
		wrong: "begin { @a = 1; delete(@a, 1); }",
		right: "begin { @a = 1; delete(@a); }",
	},
	E0463: {
		why: "The question is about keys, and this map has none.",
		wrong: "begin { @a = 1; print(has_key(@a, 1)); }",
		right: "begin { @a[1] = 1; print(has_key(@a, 1)); }",
	},
	E0464: {
		why: "The argument is known when compiling, and lies outside of what the function can do.",
		wrong: "begin { @h = hist(1, 9); }",
		right: "begin { @h = hist(1, 2); }",
	},
	E0465: {
		why: "A histogram keeps an element for each bucket that is not empty, so how many keys there are is not known inside the kernel.",
		wrong: "begin { @h[1] = hist(1); print(len(@h)); }",
		right: "begin { @h[1] = count(); print(len(@h)); }",
	},
	E0470: {
		why: "Registers have other names on each architecture: ax, bx, ip, sp … on x86-64, r0 … sp, pc on arm64.",
		wrong: 'kprobe:vfs_read { print(reg("xa")); }',
		right: 'kprobe:vfs_read { print(reg("ax")); }',
	},
	E0472: {
		why: "The script itself says when it makes no sense to run it, by static_assert() or fail(); the text is the script's.",
		wrong: 'begin { static_assert(1 == 2, "one is not two"); }',
		right: 'begin { static_assert(1 != 2, "one is not two"); }',
	},
	E0473: {
		why: "Signals go by name, with SIG or without, or by number.",
		wrong:
			'// unsafe\ntracepoint:syscalls:sys_enter_read { signal("SIGKIL"); }',
		right:
			'// unsafe\ntracepoint:syscalls:sys_enter_read { signal("SIGKILL"); }',
	},
	E0474: {
		why: "The value is read from the kernel's own struct of the task, whose layout comes from its BTF.",
		wrong: "// without: btf\nbegin { print(pcomm); }",
		right: "// without: btf\nbegin { print(comm); }",
	},
	E0475: {
		why: "A cgroup is a folder below /sys/fs/cgroup; its number is looked up when compiling, so it must be there.",
		wrong: 'begin { print(cgroupid("/sys/fs/cgroup/no-such-slice")); }',
		right: "begin { print(cgroup); }",
	},
	E0476: {
		why: "The address of a kernel variable comes from /proc/kallsyms, which has no such name.",
		wrong: 'begin { print(kaddr("jiffis")); }',
		right: 'begin { print(kaddr("jiffies")); }',
	},
	E0477: {
		why: "The program's symbols have no variable of that name; programs are often stripped of them.",
		wrong: 'uprobe:/usr/bin/app:work { print(uaddr("countr")); }',
		right: "uprobe:/usr/bin/app:work { print(arg0); }",
	},
	E0478: {
		why: "The function needs a helper that this kernel has, but not for this type of probe, or not in this version.",
		wrong: "tracepoint:sched:sched_wakeup { print(comm(args.pid)); }",
		right: "tracepoint:sched:sched_wakeup { print(args.comm); }",
	},
	E0479: {
		why: "The function needs something that this kernel was built without, or that came with a later version.",
		wrong:
			"// without: dpath\nfentry:vfs_read { print(path(args.file.f_path)); }",
		right:
			"// without: dpath\nfentry:vfs_read { print(str(args.file.f_path.dentry.d_name.name)); }",
	},
	E0480: {
		why: "An option's name becomes -m or --milliseconds on the command line, so only letters, digits, - and _ do; | stands between several names, < and > around a positional parameter.",
		wrong: 'begin { print(getopt("m|", 5)); }',
		right: 'begin { print(getopt("m|most", 5)); }',
	},
	E0481: {
		why: "An option has one default, wherever it is asked for.",
		wrong:
			'begin { print(getopt("m|most", 5)); }\nend { print(getopt("most", 6)); }',
		right:
			'begin { print(getopt("m|most", 5)); }\nend { print(getopt("most")); }',
	},
	E0482: {
		why: "The configuration is a set of variables of different kinds; a script reads them one by one.",
		wrong: "begin { print(config()); }",
		right: "begin { print(config().max_strlen); }",
	},
	E0483: {
		why: "Whether a number stands in the list is compiled into the program, so the list must be one: numbers of zero or more and ranges of them, with commas between. A tool's list comes from its option, such as -P 80,443.",
		wrong: 'begin { print(in_list(80, "80;443")); }',
		right: 'begin { print(in_list(80, "80,443")); }',
	},
} as const satisfies Explanations;
