// Messages about probes: E03, W03. See messages.ts for the rules of the table.

export const probeMessages = {
	E0301: {
		text: "unknown probe type {name}",
		help: "kask help lists the probe types",
	},
	E0302: {
		text: "{count} probes are more than max_probes allows ({most})",
		help: "narrow the wildcard, or set max_probes in a config block or KASK_MAX_PROBES",
	},
	E0303: {
		text: "no probe matches {probe}",
		help: "kask -l 'pattern' lists what there is",
	},
	E0304: {
		text: "{provider} probes are written {forms}",
		help: "for example {example}",
	},
	E0305: {
		text: "{text} is no number for {what}",
		help: "write a whole number",
	},
	E0306: {
		text: "{what} must be at least {least}",
		help: "write a greater number",
	},
	E0307: {
		text: "{unit} is no unit of time",
		help: "use s, ms, us or hz, for example {kind}:s:1",
	},
	E0308: { text: "{what} cannot have wildcards", help: "name it in full" },
	E0309: {
		text: "this kernel has no tracepoints in a category {category}",
		help: "kask -l 'tracepoint:*' lists what there is",
	},
	E0310: {
		text: "this kernel has no tracepoint {category}:{event}",
		help: "kask -l 'tracepoint:{category}:*' lists what there is",
	},
	E0311: {
		text: "this kernel has no raw tracepoint {name}",
		help: "kask -l 'rawtracepoint:*' lists what there is",
	},
	E0312: {
		text: "this kernel has no {provider} probes",
		help: "see what it has: kask --info",
	},
	E0313: {
		text: "this kernel has no traceable function {func}",
		help: "the compiler may have inlined it, or the kernel keeps it from being traced",
	},
	E0314: {
		text: "kernel module {module} is not loaded",
		help: "load it with modprobe {module}, or write the probe without the module",
	},
	E0315: {
		text: "{provider} probes go by a function's name, not by its address",
		help: "write the function, with +OFFSET for an instruction inside of it; kprobe takes an address under --unsafe",
	},
	E0316: {
		text: "{provider} probes take no offset",
		help: "only the entry probes, kprobe and uprobe, can stand inside a function",
	},
	E0317: {
		text: "cannot find a program or library {name}",
		help: "give its path, or a name that is on the PATH or known to ldconfig -p",
	},
	E0318: {
		text: "{path} has no function {name}",
		help: "kask -l 'uprobe:{path}:*' lists what there is; a stripped program names no functions of its own",
	},
	E0319: {
		text: "{path} has no functions to probe: it is no ELF file, or cannot be read",
		help: "give the path of a program or library",
	},
	E0320: {
		text: "there is no {provider} event {name}",
		help: "kask -l '{provider}:*' lists what there is",
	},
	E0321: {
		text: "{provider} probes need the kernel's type information (BTF), which this kernel does not have",
		help: "use a tracepoint or kprobe instead, or a kernel built with CONFIG_DEBUG_INFO_BTF",
	},
	E0322: {
		text: "{func} exists in several modules: {modules}",
		help: "name one of them: module:{func}",
	},
	E0323: {
		text: "{func} is {size} bytes long; +{offset} lies beyond its end",
		help: "take an offset inside of it, of an instruction's first byte, as objdump -d shows them",
	},
	E0325: {
		text: "{path} has no USDT probe {name}",
		help: "kask -l 'usdt:{path}:*' lists what there is",
	},
	E0326: {
		text: "a watchpoint's {what} cannot be {text}",
		help: "it can be {known}",
	},
	E0324: {
		text: "this kernel has no iterator over {name}",
		help: "kask -l 'iter:*' lists what there is",
	},
	E0327: {
		text: "this machine has none of the script's probes",
		help: "missing_probes = error tells what is missing of each",
	},
	E0329: {
		text: "no BPF program that runs has a function {name}",
		help: "kask -l 'fentry:bpf:*' lists the functions of programs that run",
	},
	E0328: {
		text: "{tool} cannot run here: {why}",
		help: "-v shows the whole message; kask doctor {tool} tells what the tool needs",
	},
	E0330: {
		text: "this script comes to {count} programs, more than max_bpf_progs allows ({most})",
		help: "narrow the wildcard, or set max_bpf_progs in a config block or KASK_MAX_BPF_PROGS",
	},
	E0331: {
		text: "{place} is in the middle of an instruction",
		help: "instructions of that function begin at {starts}; --unsafe probes there all the same, and may crash the program",
	},
	E0340: {
		text: "{path} has no debug information that could be read",
		help: "compile it with -g, or install its debug package; it is read by libdw.so.1 (on Debian and Ubuntu: apt-get install libdw1)",
	},
	E0341: {
		text: "no code of {path} comes from line {line} of {source}",
		help: "take a line with a statement on it, and the source file's name as the compiler was given it",
	},
	E0342: {
		text: "{path} has no code at the address {address}",
		help: "give an address as nm and objdump print it, or the function's name",
	},
	E0343: {
		text: "nothing tells where {func} ends: its symbol has size 0",
		help: "--unsafe attaches to it all the same; if it is not code, that damages the process",
	},
	W0301: {
		text: "no probe matches {probe}; skipping it",
		help: "kask -l 'pattern' lists what there is",
	},
	W0308: {
		text: "no probe matches {probe}",
		help: "a pattern has the form of a probe, with * and ? in it: kask -l 'tracepoint:sched:*'",
	},
	W0309: {
		text: "{func} is not known to be traceable: it may not exist, be inlined or be kept from tracing; trying all the same (--unsafe)",
		help: "if the kernel refuses, take another function: kask -l 'kprobe:PATTERN' lists what can be traced",
	},
	W0303: {
		text: "{providers} probes are listed, but this kernel cannot attach them",
		help: "see what it can: kask --info",
	},
	W0302: {
		text: "{probe} is not attached: {why}",
		help: "the other probes are attached; missing_probes = error makes this an error",
	},
	W0304: {
		text: "{count} of the places that match {pattern} cannot be probed, and are left out: {names}",
		help: "the kernel keeps such places to itself; a narrower pattern leaves them out",
	},
	W0305: {
		text: "{name} has moved from {path} to {now}; probing it there",
		help: "glibc 2.34 took it into libc",
	},
	W0307: {
		text: "this kernel calls it {now}; probing that",
		help: "{before} ?? {now} takes whichever there is, without this warning",
	},
	W0306: {
		text: "this kernel has {names} in place of {func}",
		help: "the compiler made one of the other; arguments may have moved, so look at arg0 … with care",
	},
} as const;
