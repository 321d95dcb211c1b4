// The one message table. A code is never reused; wording may change, meaning may not.
// E01 text and syntax, E02 names and types, E03 probes, E04 builtins and maps, E05 code generation and limits,
// E06 tools and files, E07 kernel and run time, E08 command line, E09 bugs of ours. W… are warnings.
// `{name}` slots are filled by the report; `help` is one thing to do.
import { builtinMessages } from "./messages-builtins.ts";
import { lessonMessages } from "./messages-lessons.ts";
import { namesMessages } from "./messages-names.ts";
import { probeMessages } from "./messages-probes.ts";
import { recordingMessages } from "./messages-recordings.ts";
import { syntaxMessages } from "./messages-syntax.ts";

export const messages = {
	...namesMessages,
	...probeMessages,
	...builtinMessages,
	...syntaxMessages,
	...recordingMessages,
	...lessonMessages,
	E0501: {
		text: "{what} is not supported yet",
		help: "write it another way; kask help lists what there is",
	},
	E0801: {
		text: "no script given",
		help: "kask FILE, kask TOOL, or kask -e 'begin { printf(\"hello\\n\"); exit(); }'; kask --help tells more",
	},
	E0802: {
		text: "{name} is neither a file nor a tool",
		help: "kask tools lists the tools; -e runs a script given as text",
	},
	E0804: {
		text: "cannot read {path}: {why}",
		help: "check the path, and whether you may read it",
	},
	E0805: {
		text: "the script has no option {option}",
		help: "--help after the script tells its options",
	},
	E0806: {
		text: "{what} needs {wanted}, not {given}",
		help: "--help after the script tells its options",
	},
	E0601: {
		text: "clang cannot be started ({path})",
		help: "install it, for example with apt-get install clang",
	},
	E0904: {
		text: "kask made C that clang refuses: {message}",
		help: "this is a bug in kask; the script above shows it",
	},
	E0603: {
		text: "{path} cannot be imported: {why}",
		help: "paths of imports begin at the folder of the script that imports",
	},
	E0604: {
		text: "an imported script cannot have a config block",
		help: "put the config block into the script that is run",
	},
	E0605: {
		text: "there is no header {include}",
		help: "headers are looked for beside the script, in the folders given with -I, and where libc's are",
	},
	E0606: {
		text: "C that does not compile: {message}",
		help: "a C library is compiled as it stands, for eBPF",
	},
	E0607: {
		text: "{path} cannot be linked: {why}",
		help: "a name may be defined once in a script and its libraries, and both must agree about types and licence",
	},
	E0608: {
		text: "{path} is no BPF object with type information",
		help: "compile it with clang -target bpf -g -O2 -c",
	},
	E0807: {
		text: "unknown stage {stage}",
		help: "known: ast, fmt, types, plan, c, asm",
	},
	E0830: {
		text: "{script} has no line {line}",
		help: "count from 1",
	},
	E0905: {
		text: "kask itself failed: {message}",
		help: "this is a bug in kask; KASK_TRACE=1 shows where",
	},
	W0701: {
		text: "{map} is full: an update with a new key was lost {times}",
		help: "set max_map_keys in a config block, or declare the map: let {map} = hash(100000);",
	},
	W0702: {
		text: "a stack was lost {times}: another stood at its place in the table",
		help: "keep fewer different stacks: a shorter one, kstack(5), or a predicate",
	},
	W0703: {
		text: "{helper} failed {times}: {why} ({code})",
		help: "where it failed, 0 or an empty text was taken: check the pointer before",
	},
	W0704: {
		text: "divided by zero {times}; the result was taken as 1",
		help: "check the divisor before",
	},
	W0705: {
		text: "an index was out of bounds {times}; 0 was read instead",
		help: "check the index before",
	},
	W0708: {
		text: "a loop was ended after 8388608 turns, the most that the kernel takes, {times}",
		help: "two loops, one inside the other, take as many turns as both numbers multiplied",
	},
	W0707: {
		text: "{map} did not have the key {times} (map_lookup_elem gave 0); 0 was taken instead",
		help: "ask has_key({map}, …) before, where that makes a difference",
	},
	W0709: {
		text: "events are lost because the output is not taken as fast as they come",
		help: "write to a file (-o FILE), print less, or count in a map",
	},
	W0710: {
		text: "a stack of a process without DWARF unwind tables was left out {times}",
		help: "name the processes that it is about, by -p, -c or --dwarf-pid; a child of theirs is another process",
	},
	W0706: {
		text: "detached: tracing takes {share} of the CPUs, more than the {limit} of --max-overhead",
		help: "trace less: fewer probes, a predicate, -p; or allow more",
	},
	E0809: {
		text: "nothing is called {name}",
		help: "kask help lists what there is to ask for",
	},
	E0810: {
		text: "there is one parameter too many: {given}",
		help: "--help after the script tells what it takes",
	},
	E0811: {
		text: "no probe is left to attach: --probe-filter {filter} lets none of the script's through",
		help: "it is a regular expression for the full names that kask -l prints",
	},
	E0812: { text: "{message}", help: "kask --help lists the options" },
	E0813: {
		text: "-p and -c cannot both be given",
		help: "-c follows the process that it starts, -p one that runs already: leave out one of them",
	},
	W0802: {
		text: "-c passes {word} on with its quotes",
		help: "leave them out: only quotes around a blank are taken off; or let a shell read them: -c \"sh -c '…'\"",
	},
	W0801: {
		text: "{count} scripts are given with -e; only the last is run",
		help: "put their probes into one: -e 'begin { … } end { … }'",
	},
	E0808: {
		text: "cannot write the output: {why}",
		help: "name a file in a folder that is there and that you may write to",
	},
	E0803: { text: "{name} cannot be {value}", help: "it takes {wanted}" },
	E0701: {
		text: "cannot load {library}: {why}",
		help: "on Debian and Ubuntu: apt-get install libbpf1",
	},
	E0702: { text: "no permission to {what}", help: "run it as root" },
	E0715: {
		text: "root has not the capabilities to {what}",
		help: "in a container: give it CAP_BPF, CAP_PERFMON and CAP_SYS_ADMIN, or start it with --privileged",
	},
	E0703: {
		text: "cannot {what}: this kernel refuses it (locked down, as with Secure Boot)",
		help: "use a tracepoint or rawtracepoint probe instead; list them with: kask -l 'tracepoint:*'",
	},
	E0704: {
		text: "the kernel's verifier rejected the program of {probe}",
		help: "see the whole log with -v",
	},
	E0705: {
		text: "cannot create map {map}: {why}",
		help: "make it smaller with max_map_keys",
	},
	E0706: {
		text: "cannot load the program into the kernel: {why}",
		help: "see the whole log with -v",
	},
	E0716: {
		text: "what the kernel's verifier says does not fit into a log of {bytes} bytes",
		help: "-v asks for it: leave that out, or give log_size (BPFTRACE_LOG_SIZE) more bytes",
	},
	E0707: {
		text: "{what} is not offered by this kernel",
		help: "it came with Linux {since}; see: kask --info",
	},
	E0708: {
		text: "cannot attach {probe}: {why}",
		help: "-v tells more; kask --info shows what this kernel offers",
	},
	E0709: {
		text: "tracefs is not mounted, and mounting it failed: {why}",
		help: "mount -t tracefs nodev /sys/kernel/tracing",
	},
	E0710: {
		text: "cannot map the ring buffer: {why}",
		help: "make it smaller with perf_rb_pages",
	},
	E0711: {
		text: "cannot read map {map}: {why}",
		help: "-v tells more",
	},
	E0713: {
		text: "cannot follow process {pid}: {why}",
		help: "-p wants the pid of a running process, not of one of its threads",
	},
	E0714: {
		text: "cannot run {command}: {why}",
		help: "check its name; a pipe or a variable takes a shell: -c \"sh -c '…'\"",
	},
	W0601: {
		text: "going on without the compile cache: {why}",
		help: "set XDG_CACHE_HOME to a folder of your own, or use --no-cache",
	},
	E0712: {
		text: "cannot attach {probe}: more than {limit} files would be open",
		help: "raise the limit: ulimit -n 65536",
	},
} as const satisfies Record<
	string,
	{ readonly text: string; readonly help: string }
>;

export type MessageCode = keyof typeof messages;
