// What a probe gives its body: args, retval and the like, per probe of a wildcard; predicates; alternatives.
import { rows } from "./check-rows.ts";

rows("arguments of tracepoints", [
	["tracepoint:syscalls:sys_enter_read { $x = args.fd; }", "$x: uint32"],
	["tracepoint:syscalls:sys_enter_read { $x = args->count; }", "$x: uint64"],
	["tracepoint:syscalls:sys_exit_read { $x = args.ret; }", "$x: int64"],
	[
		"tracepoint:syscalls:sys_enter_openat { $x = str(args.filename); }",
		"$x: string[1024]",
	],
	["tracepoint:sched:sched_switch { $x = args.prev_comm; }", "$x: string[16]"],
	[
		"tracepoint:sched:sched_process_exec { $x = str(args.filename); }",
		"$x: string[1024]",
	],
	["t:sched:sched_switch { $x = args.next_pid; }", "$x: int32"],
	["tracepoint:sched:sched_switch { $x = args.⟦next_pdi⟧; }", "E0211"],
	["tracepoint:syscalls:sys_exit_read { $x = ⟦retval⟧; }", "E0460"],
	["tracepoint:syscalls:sys_exit_read { $x = ⟦arg0⟧; }", "E0460"],
]);

rows("arguments of functions", [
	["kprobe:vfs_read { $x = arg0; }", "$x: uint64"],
	["kprobe:vfs_read { $x = ((struct file *)arg0).f_pos; }", "$x: int64"],
	["kprobe:vfs_read { $x = func; }", "$x: ksym"],
	["kretprobe:vfs_read { $x = retval; }", "$x: int64"],
	["fentry:vfs_read { $x = args.count; }", "$x: uint64"],
	["fentry:vfs_read { $x = args.file; }", "$x: struct file *"],
	[
		"fentry:vfs_read { $x = args.file.f_path.dentry.d_name.len; }",
		"$x: uint32",
	],
	["fexit:vfs_read { $x = retval; $y = args.count; }", "$x: int64, $y: uint64"],
	["rawtracepoint:sched_switch { $x = arg1; }", "$x: uint64"],
	["uprobe:libc:malloc { $x = arg0; }", "$x: uint64"],
	["uretprobe:libc:malloc { $x = retval; }", "$x: uint64"],
	["kretprobe:vfs_read { $x = ⟦arg0⟧; }", "E0460"],
	["kprobe:vfs_read { $x = ⟦retval⟧; }", "E0460"],
	["kprobe:vfs_read { $x = args.count; }", "$x: uint64"],
	["fentry:vfs_read { $x = args.⟦conut⟧; }", "E0211"],
	["begin { $x = ⟦args⟧; }", "E0460"],
]);

rows("a program for each probe whose arguments are used", [
	// Where the fields in use are alike, one program for all.
	["tracepoint:syscalls:sys_exit_* { $x = args.ret; }", "$x: int64"],
	["tracepoint:syscalls:sys_exit_* { $x = pid; }", "$x: uint32"],
	[
		"tracepoint:sched:sched_switch, tracepoint:sched:sched_wakeup { $x = pid; }",
		"$x: uint32",
	],
	["fentry:vfs_read, fentry:tcp_connect { $x = args.⟦count⟧; }", "E0211"],
	["kprobe:vfs_read, kretprobe:vfs_read { $x = ⟦retval⟧; }", "E0460"],
	["kprobe:vfs_* { @[func] = count(); }", "@[ksym]: count (percpu_hash)"],
	[
		"kprobe:vfs_* { @[probe] = count(); }",
		"@[string[17]]: count (percpu_hash)",
	],
]);

rows("alternatives", [
	[
		"tracepoint:no:such ?? tracepoint:sched:sched_wakeup { $x = args.pid; }",
		"$x: int32",
	],
	["fentry:vfs_read ?? kprobe:vfs_read { $x = pid; }", "$x: uint32"],
	[
		"fentry:vfs_read ?? tracepoint:syscalls:sys_enter_read { $x = args.count; }",
		"$x: uint64",
		{ without: ["fentry"] },
	],
	["tracepoint:no:such ?? tracepoint:⟦nor⟧:this { $x = args.pid; }", "E0309"],
	[
		"⟦tracepont⟧:no:such ?? tracepoint:sched:sched_wakeup { $x = args.pid; }",
		"E0301",
	],
]);

rows("predicates", [
	["tracepoint:sched:sched_wakeup / args.pid == 5 / { $x = 1; }", "$x: int8"],
	['begin / comm == "sh" && pid > 1 / { $x = 1; }', "$x: int8"],
	["begin / @on / { $x = 1; } end { @on = 1; }", "@on: int8, $x: int8"],
	["begin / pid / { $x = 1; }", "$x: int8"],
	["begin / ⟦(1, 2)⟧ / { $x = 1; }", "E0222"],
	["begin / ⟦kstack⟧ / { $x = 1; }", "E0222"],
	["begin / ⟦exit()⟧ / { $x = 1; }", "E0237"],
]);

rows("a probe that is not there", [
	[
		"⟦tracepont⟧:sched:sched_wakeup { $x = args.pid; print(⟦cmom⟧); }",
		"E0301 E0219",
	],
	[
		"tracepoint:sched:⟦sched_wake⟧ { @[args.pid] = count(); } end { print(@); }",
		"E0310",
	],
	[
		"config = { missing_probes = warn } ⟦tracepoint:sched:sched_wake⟧ { $x = args.pid; } begin { $y = 1; }",
		"W0301",
	],
	[
		"config = { missing_probes = ignore } tracepoint:sched:sched_wake { $x = args.pid; } begin { $y = 1; }",
		"$y: int8",
	],
]);

rows("constants", [
	["$x = TCP_SYN_SENT;", "$x: enum tcp_state"],
	["$x = TCP_SYN_SENT + 1;", "$x: uint64"],
	["$x = curtask.policy == PIDTYPE_MAX;", "$x: bool"],
	["$x = PIDTYPE_MAX; $x = ⟦TCP_CLOSE⟧;", "E0202"],
	["$x = ⟦TCP_CLOSED⟧;", "E0219"],
]);

rows("maps that only an absent probe sets", [
	[
		'config = { missing_probes = "ignore" } kprobe:nope { @stack[arg0] = kstack; } kprobe:vfs_read { @[@stack[arg0]] = hist(arg2); }',
		"@[kstack]: hist (percpu_hash), @stack[uint64]: kstack",
	],
	[
		'config = { missing_probes = "ignore" } kprobe:nope { @start[arg0] = nsecs; } kprobe:vfs_read /@start[arg0]/ { @usecs = hist((nsecs - @start[arg0]) / 1000); }',
		"@start[uint64]: uint64, @usecs: hist (percpu_array)",
	],
	[
		'config = { missing_probes = "ignore" } kprobe:nope { @who[tid] = (nsecs, comm); } kprobe:vfs_read { @[@who[tid].1] = count(); }',
		"@[string[16]]: count (percpu_hash), @who[uint32]: (uint64, string[16])",
	],
	[
		'config = { missing_probes = "ignore" } kprobe:nope { @task = curtask; } kprobe:vfs_read { $pid = @task.pid; }',
		"@task: struct task_struct *, $pid: int32",
	],
	[
		'config = { missing_probes = "ignore" } kprobe:nope { @a = args.gone; } macro pair(@to, @from) { @to = (@from, 1); } kprobe:vfs_read { pair(@b, @a); }',
		"@b: (uint64, int8), @a: uint64",
	],
]);
