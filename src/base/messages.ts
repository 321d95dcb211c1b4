// The one message table. A code is never reused; wording may change, meaning may not.
// E01 text and syntax, E02 names and types, E03 probes, E04 builtins and maps, E05 code generation and limits,
// E06 tools and files, E07 kernel and run time, E08 command line, E09 bugs of ours. W… are warnings.
// `{name}` slots are filled by the report; `help` is one thing to do.
import { syntaxMessages } from "./messages-syntax.ts";

export const messages = {
	...syntaxMessages,
	E0201: { text: "{name} is not assigned anywhere before this" },
	E0202: { text: "{what} holds {held} and cannot take {type}" },
	E0203: { text: "{map} holds {held} and cannot take {type}" },
	E0204: {
		text: "{map} is not a parameter of macro {macro}",
		help: "a macro sees only the maps that are passed to it",
	},
	E0205: {
		text: "{map} has keys, but none is given here",
		help: "write {map}[key]",
	},
	E0206: {
		text: "{map} has no keys, but one is given here",
		help: "use another map for values by key",
	},
	E0207: {
		text: "{map} has keys of {held} and cannot take {type}",
		help: "use another map, or give keys of one type",
	},
	E0208: { text: "unknown type {type}" },
	E0209: {
		text: "{type} is declared but its members are not known",
		help: "the kernel's BTF does not hold it; define it in the script",
	},
	E0210: { text: "{type} has no field {field}" },
	E0211: { text: "{type} has no member {field}" },
	E0212: {
		text: "the tuple has {count} elements and no element {index}",
		help: "elements count from 0",
	},
	E0213: {
		text: "an index must be a number, not {type}",
		help: "only maps, @x[…], are looked up by other values",
	},
	E0214: {
		text: "{type} cannot be indexed",
		help: "arrays, strings, buffers, tuples and pointers can",
	},
	E0215: {
		text: "index {index} is outside of an array of {count}",
		help: "elements count from 0",
	},
	E0216: {
		text: "{type} is not a pointer to a value and cannot be dereferenced",
		help: "leave out the *",
	},
	E0217: {
		text: "this has no address",
		help: "variables, maps with a key, and what pointers reach have one",
	},
	E0218: {
		text: "the type of {name} cannot be found out",
		help: "give it one: let {name}: uint64",
	},
	E0219: { text: "unknown name {name}" },
	E0220: { text: "{map} is read but never assigned" },
	E0221: {
		text: "{map} holds {aggregate}, which cannot be read in the script",
		help: "print it, or keep a number beside it",
	},
	E0222: {
		text: "{type} is neither true nor false",
		help: "compare it with something",
	},
	E0223: { text: "operator {operator} does not go with {types}" },
	E0224: {
		text: "both sides of ?: must have one type, not {one} and {other}",
		help: "give both a value of the same kind",
	},
	E0225: {
		text: "{operator} goes with variables and maps only",
		help: "for the value alone, write + 1 or - 1",
	},
	E0226: { text: "{name}() takes {wanted}, not {count}" },
	E0227: {
		text: "macro {name} calls itself without end",
		help: "macros are expanded when compiling and cannot recurse",
	},
	E0228: { text: "macro {name} wants {wanted} as {parameter}" },
	E0229: { text: "{from} cannot be cast to {to}" },
	E0230: {
		text: "{form} is a type, not a value",
		help: "use it in a cast, in let or in sizeof()",
	},
	E0231: {
		text: "this is not known when compiling",
		help: "numbers and text as written, sizeof(), offsetof(), $1 and the script's options are",
	},
	E0232: {
		text: "if needs an else where its value is used",
		help: "add else { … }",
	},
	E0233: {
		text: "{name} is declared twice in this block",
		help: "leave out the second let to assign it",
	},
	E0234: {
		text: "unroll needs a number from 1 to {most} that is known when compiling",
		help: "for ($i : 0..n) { … } has no such limits",
	},
	E0235: {
		text: "a range goes from number to number, not {type}",
		help: "for example for ($i : 0..10) { … }",
	},
	E0236: {
		text: "{jump} stands outside of a loop",
		help: "return leaves the probe",
	},
	E0237: {
		text: "this gives no value",
		help: "write it as a statement of its own",
	},
	E0238: {
		text: "{what}() can only be assigned to a map, directly",
		help: "write @name = {what}(…);",
	},
	E0239: { text: "unknown configuration variable {name}" },
	E0240: { text: "{name} cannot be {value}", help: "it takes {wanted}" },
	E0241: { text: "{what} is defined twice" },
	E0242: { text: "unknown map type {type}" },
	E0243: {
		text: "{type} needs the number of its entries",
		help: "for example let @name = {type}(1000);",
	},
	E0244: { text: "the script's C does not compile: {message}" },
	E0245: {
		text: "{map} has no keys that a loop could go through",
		help: "it holds a single value; read it as {map}",
	},
	E0246: { text: "{where} returns {wanted}, not {type}" },
	E0247: {
		text: "fn {name} does not return {type} on every way through it",
		help: "end it with return",
	},
	E0248: {
		text: "{map} is declared as {declared} and cannot hold {type}",
		help: "that keeps a value for each CPU, which only aggregations such as sum() add up; declare it as {instead}",
	},
	E0249: {
		text: "division by zero",
		help: "a divisor that is zero at run time counts as 1; a written one is a mistake",
	},
	E0301: { text: "unknown probe type {name}" },
	E0302: {
		text: "{count} probes are more than max_probes allows ({most})",
		help: "narrow the wildcard, or set max_probes in a config block",
	},
	E0303: {
		text: "no probe matches {probe}",
		help: "kask -l 'pattern' lists what there is",
	},
	E0304: {
		text: "a {provider} probe is written {forms}",
		help: "for example {example}",
	},
	E0305: {
		text: "{text} is no number for {what}",
		help: "write a whole number",
	},
	E0306: { text: "{what} must be at least {least}" },
	E0307: {
		text: "{unit} is no unit of time",
		help: "use s, ms, us or hz, for example {kind}:s:1",
	},
	E0308: { text: "{what} cannot have wildcards", help: "name it in full" },
	E0309: { text: "this kernel has no tracepoints in a category {category}" },
	E0310: { text: "this kernel has no tracepoint {category}:{event}" },
	E0311: { text: "this kernel has no raw tracepoint {name}" },
	E0312: {
		text: "this kernel has no {provider} probes",
		help: "see what it has: kask --info",
	},
	E0313: {
		text: "this kernel has no function {func} that could be probed",
		help: "the compiler may have inlined it, or the kernel keeps it from being traced",
	},
	E0314: { text: "kernel module {module} is not loaded" },
	E0315: {
		text: "{provider} probes go by a function's name, not by its address",
		help: "write the function, with +OFFSET for an instruction inside of it",
	},
	E0316: {
		text: "{provider} probes take no offset",
		help: "only the entry probes, kprobe and uprobe, can stand inside a function",
	},
	E0317: {
		text: "cannot find a program or library {name}",
		help: "give its path, or a name that is on the PATH or known to ldconfig -p",
	},
	E0318: { text: "{path} has no function {name}" },
	E0319: {
		text: "{path} has no functions to probe: it is no ELF file, or cannot be read",
		help: "give the path of a program or library",
	},
	E0320: { text: "there is no {provider} event {name}" },
	E0321: {
		text: "{provider} probes need the kernel's type information (BTF), which this kernel does not have",
		help: "use a tracepoint or kprobe instead, or a kernel built with CONFIG_DEBUG_INFO_BTF",
	},
	E0322: { text: "{func} exists in several modules: {modules}" },
	E0323: { text: "{func} is {size} bytes long; +{offset} lies beyond its end" },
	E0325: { text: "{path} has no USDT probe {name}" },
	E0326: {
		text: "a watchpoint's {what} cannot be {text}",
		help: "it can be {known}",
	},
	E0324: { text: "this kernel has no iterator over {name}" },
	W0301: { text: "no probe matches {probe}; going on without it" },
	W0201: {
		text: "this value is not used",
		help: "remove it, or write _ = … if it is meant",
	},
	W0202: { text: "{map} is declared but never used" },
	E0401: { text: "unknown function {name}()" },
	E0402: { text: "{name}() takes {wanted}, not {count}" },
	E0403: { text: "{name}() wants {wanted} here, not {found}" },
	E0405: {
		text: "{name}() can do harm and needs --unsafe",
		help: "run kask with --unsafe if you mean it",
	},
	E0450: {
		text: "the format prints {conversions}, but is given {values}",
		help: "give one value for each conversion; a percent sign itself is written %%",
	},
	E0451: {
		text: "{spec} cannot print {type}",
		help: "%s prints any value; %d %u %x print numbers, %r %rh %rx print buf()",
	},
	E0452: {
		text: "{spec} is not supported in a format",
		help: "use %d %u %x %X %o %c %p %s %r %rh %rx or %gr, and give widths as numbers",
	},
	E0453: {
		text: "{text} is no IP address",
		help: 'write "127.0.0.1" or "::1"',
	},
	E0454: {
		text: "{name}() needs a length for {type}",
		help: "give the number of bytes as second argument",
	},
	E0455: {
		text: "@{map} holds {found}, not hist()",
		help: "print it with print(@{map})",
	},
	E0460: {
		text: "{name} does not exist in {provider} probes",
		help: "{where}",
	},
	E0461: {
		text: "{name}() of @{map} needs a key",
		help: "name one: {name}(@{map}, key)",
	},
	E0462: {
		text: "{name}() of @{map} takes no key: the map has none",
		help: "leave the key out",
	},
	E0463: { text: "{name}() wants a map with keys, and @{map} has none" },
	E0464: { text: "{name}() wants {wanted}", help: "{help}" },
	E0465: {
		text: "{name}() does not know how many keys a {aggregate}() map has",
	},
	E0470: { text: "{register} is not a register of this machine" },
	E0471: {
		text: "{name} exists on {machines} only",
		help: "the probe's own arguments may say as much",
	},
	E0473: { text: "there is no signal {signal}" },
	E0475: {
		text: "there is no cgroup {path}",
		help: "give the path of its folder, for example /sys/fs/cgroup/system.slice",
	},
	E0476: { text: "the kernel has no symbol {symbol}" },
	E0477: { text: "{path} has no variable {name}" },
	E0478: {
		text: "this kernel does not offer {name} in {provider} probes",
		help: "take what the probe itself tells, or a newer kernel",
	},
	E0474: {
		text: "{name} needs {member} of struct task_struct, which is not known",
		help: "it comes from the kernel's BTF; see: kask --info",
	},
	E0472: { text: "{message}", help: "the script itself demands this" },
	E0501: { text: "{what} is not supported yet" },
	E0801: {
		text: "no script given",
		help: "kask FILE, kask TOOL, or kask -e 'begin { printf(\"hello\\n\"); exit(); }'; kask --help tells more",
	},
	E0802: {
		text: "{name} is neither a file nor a tool",
		help: "kask tools lists the tools; -e runs a script given as text",
	},
	E0804: { text: "cannot read {path}: {why}" },
	E0805: { text: "the script has no option {option}" },
	E0806: { text: "{option} needs {wanted}" },
	E0601: {
		text: "clang cannot be started ({path})",
		help: "install it, for example with apt-get install clang",
	},
	E0904: {
		text: "kask made C that clang refuses: {message}",
		help: "this is a bug in kask; the script above shows it",
	},
	E0602: { text: "{tool} cannot be started" },
	E0603: {
		text: "{path} cannot be imported: {why}",
		help: "paths of imports begin at the folder of the script that imports",
	},
	E0604: {
		text: "an imported script cannot have a config block",
		help: "put the config block into the script that is run",
	},
	E0807: { text: "unknown stage {stage}" },
	E0905: {
		text: "kask itself failed: {message}",
		help: "this is a bug in kask; KASK_TRACE=1 shows where",
	},
	W0302: { text: "{probe} is not attached: {why}" },
	W0701: {
		text: "{map} is full: {count} updates with new keys were lost",
		help: "set max_map_keys in a config block, or declare the map: let {map} = hash(100000);",
	},
	W0702: {
		text: "{count} stacks were lost: others stood at their places in the table",
	},
	W0703: { text: "{count} reads of memory failed" },
	W0704: {
		text: "divided by zero {count} times; the result was taken as 1",
		help: "check the divisor before",
	},
	W0705: {
		text: "{count} times an index was outside of its array; 0 was read instead",
		help: "check the index before",
	},
	E0808: { text: "cannot write the output: {why}" },
	E0803: { text: "{name} cannot be {value}", help: "it takes {wanted}" },
	E0701: {
		text: "cannot load {library}: {why}",
		help: "on Debian and Ubuntu: apt-get install libbpf1",
	},
	E0702: { text: "no permission to {what}", help: "run it as root" },
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
	E0707: {
		text: "{what} is not offered by this kernel",
		help: "it came with Linux {since}; see: kask --info",
	},
	E0708: { text: "cannot attach {probe}: {why}" },
	E0709: {
		text: "tracefs is not mounted, and mounting it failed: {why}",
		help: "mount -t tracefs nodev /sys/kernel/tracing",
	},
	E0710: {
		text: "cannot map the ring buffer: {why}",
		help: "make it smaller with perf_rb_pages",
	},
	E0711: { text: "cannot read map {map}: {why}" },
	E0713: {
		text: "cannot follow process {pid}: {why}",
		help: "-p wants the pid of a running process, not of one of its threads",
	},
	E0714: { text: "cannot run {command}: {why}" },
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
	{ readonly text: string; readonly help?: string }
>;

export type MessageCode = keyof typeof messages;
