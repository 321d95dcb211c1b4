// Messages about builtins: E04. See messages.ts for the rules of the table.

export const builtinMessages = {
	E0401: {
		text: "unknown function {name}()",
		help: "define it in the script, with macro or fn; kask help lists what there is",
	},
	E0402: {
		text: "{name}() takes {wanted}, not {count}",
		help: "kask help {name} shows how it is called",
	},
	E0403: {
		text: "{name}() wants {wanted} here, not {found}",
		help: "kask help {name} shows how it is called",
	},
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
	E0482: {
		text: "config() has no value of its own",
		help: "take one of its members, for example config().max_strlen",
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
		text: "@{map} holds {found}, not hist() or lhist()",
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
	E0463: {
		text: "{name}() wants a map with keys, and @{map} has none",
		help: "give it keys: @{map}[key] = …",
	},
	E0464: { text: "{name}() wants {wanted}", help: "{help}" },
	E0465: {
		text: "{name}() does not know how many keys a {aggregate}() map has",
		help: "count its keys beside it, in a map of numbers",
	},
	E0470: {
		text: "{register} is not a register of this machine",
		help: 'write its name as the architecture\'s manual does, for example "ip" or "sp"',
	},
	E0471: {
		text: "{name} exists on {machines} only",
		help: "the probe's own arguments may say as much",
	},
	E0473: {
		text: "there is no signal {signal}",
		help: "write a name such as SIGTERM, or a number; kill -l lists them",
	},
	E0475: {
		text: "there is no cgroup {path}",
		help: "give the path of its folder, for example /sys/fs/cgroup/system.slice",
	},
	E0476: {
		text: "the kernel has no symbol {symbol}",
		help: "grep NAME /proc/kallsyms shows what there is",
	},
	E0477: {
		text: "{path} has no variable {name}",
		help: "nm -D {path} shows the variables that it names",
	},
	E0478: {
		text: "this kernel does not offer {name} in {provider} probes",
		help: "take what the probe itself tells, or a newer kernel",
	},
	E0479: {
		text: "this kernel does not offer what {name} needs",
		help: "{feature} is missing: see kask --info",
	},
	E0474: {
		text: "{name} needs {member} of struct task_struct, which is not known",
		help: "it comes from the kernel's BTF; see: kask --info",
	},
	E0480: {
		text: "{name} is no name for an option",
		help: 'write "m", "m|milliseconds", or "<interval>" for a positional parameter; letters, digits, - and _',
	},
	E0481: {
		text: "{option} is declared with two defaults",
		help: "give the default once, and ask again by name alone",
	},
	E0483: {
		text: "{list} is not a list of numbers",
		help: "numbers and ranges between commas: 80,443,8000-8099",
	},
	E0484: {
		text: "{name} has to know which processes it is about: their tables are read when the run begins",
		help: "name one: -p PID, -c COMMAND, or --dwarf-pid PID, which leaves the other probes alone",
	},
	E0472: { text: "{message}", help: "the script itself demands this" },
} as const;
