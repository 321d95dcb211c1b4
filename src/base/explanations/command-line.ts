// What `kask help CODE` tells of messages about the command line (E08). See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const commandLineExplanations = {
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
		why: "The file that -o (or --emit-elf, --aot) names cannot be made or written, for the reason shown.",
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
} as const satisfies Explanations;
