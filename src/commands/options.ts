// The command line. bpftrace's options mean the same here, so that `alias bpftrace=kask` works.
import { Command, Option } from "commander";
import { readLine, readPid, readRegex, readShare } from "./option-values.ts";
import { errorsAreSeen, printError, printOut } from "./stdio.ts";
import { reportUsageErrors } from "./usage-errors.ts";

export interface Options {
	/** `-e`: the script itself; of several the last, as for bpftrace. */
	readonly program: string | undefined;
	/** How many were given with `-e`. */
	readonly programs: number;
	/** Script file, tool name, or `-`; then the script's own parameters. */
	readonly operands: readonly string[];
	/** `-l`: the operands are patterns. */
	readonly list: boolean;
	readonly pid: number | undefined;
	readonly cmd: string | undefined;
	/** `--dwarf-pid`: processes that dw_ustack is about, besides those of -p and -c. */
	readonly dwarfPids: readonly number[];
	readonly output: string | undefined;
	/** Keep the run in this file, for `kask replay`. */
	readonly record: string | undefined;
	/** `kask replay`: without the pauses. */
	readonly atOnce: boolean;
	/** `kask explain`: only this line of the script. */
	readonly line: number | undefined;
	/** `kask explain`: write a page to this file. */
	readonly html: string | undefined;
	/** `kask explain`: the machine code too. */
	readonly jit: boolean;
	/** `kask explain`: false to print at once, however long it is. */
	readonly pager: boolean;
	readonly format: "text" | "json";
	readonly buffer: "none" | "line" | "full" | undefined;
	readonly verbose: boolean;
	readonly quiet: boolean;
	/** Time the programs throughout, and tell what they cost. */
	readonly cost: boolean;
	/** Share of all CPUs' time, 0 to 1, from which on the run is ended. */
	readonly maxOverhead: number | undefined;
	/** `-k`: report errors of kernel helpers. */
	readonly helperErrors: boolean;
	readonly debug: readonly string[];
	readonly includeDirs: readonly string[];
	readonly includes: readonly string[];
	/** `--debuginfo`: where debug files are looked for first. */
	readonly debugFolders: readonly string[];
	/** `--traceable-functions`: a file with the kernel functions that may be probed. */
	readonly traceableFunctions: string | undefined;
	readonly unsafe: boolean;
	/** What is run: all probes, or only the script's own tests or benchmarks. */
	readonly mode: "run" | "test" | "bench";
	readonly probeFilter: RegExp | undefined;
	readonly dryRun: boolean;
	readonly info: boolean;
	readonly warnings: boolean;
	readonly cache: boolean;
	readonly fmt: boolean;
	readonly emitElf: string | undefined;
	/** `--aot`: write the script as a program to this file. */
	readonly aot: string | undefined;
	readonly noFeatures: readonly string[];
	readonly color: boolean;
}

const collect = (value: string, before: readonly string[]): string[] => [
	...before,
	value,
];

/** The commander program, without its action. */
export function makeProgram(version: string): Command {
	const program = new Command("kask")
		.description("ask the kernel: run a tracing script inside the Linux kernel")
		.usage(
			"[options] FILE|TOOL|- [parameters]\n  kask [options] -e 'script' [parameters]",
		)
		.argument(
			"[operands...]",
			"script file, shipped tool or -, then the script's own parameters",
		)
		.allowExcessArguments()
		.configureOutput({ writeOut: printOut, writeErr: printError })
		.configureHelp({
			styleTitle: (title) =>
				title === "Usage:" ? "USAGE:\n " : title.toUpperCase(),
			// Without the defaults, which say nothing: no flag is set, no list has members.
			optionDescription: (option) => option.description,
		})
		.version(
			`kask ${version}\nbpftrace v0.26 scripts run as they are`,
			"-V, --version",
			"print the version",
		)
		.helpOption("-h, --help", "print this help");
	reportUsageErrors(program, "kask");
	addScriptOptions(program);
	addOutputOptions(program);
	addSupportOptions(program);
	program.addHelpText("after", examples);
	return program;
}

function addScriptOptions(program: Command): void {
	program
		.option("-e, --program <script>", "run this script", collect, [])
		.option(
			"-l, --list",
			"list the probes that match a pattern, or of a script; -lv with arguments",
			false,
		)
		.option("-p, --pid <pid>", "trace this process only", readPid)
		.option("-c, --cmd <command>", "run this command and trace until it ends")
		.option(
			"--dwarf-pid <pid>",
			"dw_ustack: read the unwind tables of this process, too",
			(text: string, before: readonly number[]) => [...before, readPid(text)],
			[],
		)
		.option("-I <dir>", "look for #include files there too", collect, [])
		.option("--include <file>", "#include this file first", collect, [])
		.option("--unsafe", "allow what can do harm: system(), signal() …", false)
		.option(
			"--probe-filter <regex>",
			"attach only probes whose full names match",
			readRegex,
		)
		.option("--usdt-file-activation", "activate USDT semaphores by file", false)
		.option(
			"--debuginfo <dirs>",
			"look for debug files there, before the usual places",
			collect,
			[],
		)
		.option(
			"--traceable-functions <file>",
			"probe only the kernel functions that it lists, one a line",
		)
		.option(
			"--no-feature <features>",
			"do as if the kernel lacked these",
			collect,
			[],
		);
}

function addOutputOptions(program: Command): void {
	program
		.option("-o, --output <file>", "write the output to a file")
		.option("--record <file>", "keep the run, to be shown by: kask replay FILE")
		.option("--at-once", "replay: without the pauses", false)
		.option("--line <n>", "explain: this line of the script only", readLine)
		.option("--html <file>", "explain: write a page to a file, or to -")
		.option("--jit", "explain: the machine code too", false)
		.option("--no-pager", "explain: print at once, however long it is")
		.addOption(
			new Option("-f, --format <format>", "output format: text or json")
				.choices(["text", "json"])
				.default("text"),
		)
		.addOption(
			new Option(
				"-B, --buffer <mode>",
				"output buffering: none, line or full",
			).choices(["none", "line", "full"]),
		)
		.option("--json", "the same as -f json", false)
		.option("-v, --verbose", "say more", false)
		.option("-q, --quiet", "say nothing but the output", false)
		.option(
			"--cost",
			"time the probes throughout, and tell what they cost",
			false,
		)
		.option(
			"--max-overhead <share>",
			"end when tracing costs more of the CPUs, for example 2%",
			readShare,
		)
		.option("-k, --helper-errors", "warn when a kernel helper fails", false)
		.option("--no-warnings", "no warnings");
}

function addSupportOptions(program: Command): void {
	program
		.option(
			"-d, --debug <stage>",
			"print a stage: ast, types, plan, c, asm, or all",
			collect,
			[],
		)
		.option("--dump <stage>", "the same as -d", collect, [])
		.option("--dry-run", "attach everything, then end", false)
		.option("--info", "print what this kernel offers")
		.option("--fmt", "print the script in the standard format")
		.option("--emit-elf <file>", "write the BPF object to a file and end")
		.option(
			"--aot <file>",
			"write the script as a file that starts kask by itself, and end",
		)
		.option("--no-cache", "compile anew, and keep nothing")
		.addOption(new Option("--verify-llvm-ir").hideHelp())
		.option("--test", "run the script's test: probes")
		.option("--bench", "run the script's bench: probes, and time them")
		.addOption(
			new Option("--mode <mode>").choices(["test", "bench"]).hideHelp(),
		);
}

const examples = `
Examples:
  kask -e 'tracepoint:raw_syscalls:sys_enter { @[comm] = count(); }'
  kask -e 'tracepoint:syscalls:sys_enter_openat { printf("%s %s\\n", comm, str(args.filename)); }'
  kask biolatency -m 5 1
  kask -l 'tracepoint:block:*'
  kask tools                     kask help hist
  kask learn                     kask learn list
  kask doctor                    kask doctor biolatency
  kask explain biolatency        kask explain 'begin { exit(); }' --line 1

Exit status: 0 fine, 1 after an error of kask's or a failed assert(), the code given to exit(), 130 after a second Ctrl-C.`;

/** What holds when nothing is given. */
export function defaultOptions(): Options {
	const program = makeProgram("");
	program.parse([], { from: "user" });
	return readOptions(program, {});
}

/** Divided by colons, or given one by one. */
function readFolders(given: readonly string[]): readonly string[] {
	return given.flatMap((text) => text.split(":").filter((f) => f !== ""));
}

/** Options as commander parsed them. */
export function readOptions(program: Command, env: NodeJS.ProcessEnv): Options {
	const raw = program.opts();
	const scripts: string[] = raw.program;
	return {
		program: scripts.at(-1),
		programs: scripts.length,
		operands: program.args,
		list: raw.list,
		pid: raw.pid,
		cmd: raw.cmd,
		dwarfPids: raw.dwarfPid,
		output: raw.output,
		record: raw.record,
		atOnce: raw.atOnce,
		line: raw.line,
		html: raw.html,
		jit: raw.jit,
		pager: raw.pager,
		format: raw.json ? "json" : raw.format,
		buffer: raw.buffer,
		verbose: raw.verbose,
		quiet: raw.quiet,
		cost: raw.cost,
		maxOverhead: raw.maxOverhead,
		helperErrors: raw.helperErrors,
		debug: [...raw.debug, ...raw.dump],
		includeDirs: raw.I,
		includes: raw.include,
		debugFolders: readFolders(raw.debuginfo),
		traceableFunctions: raw.traceableFunctions,
		unsafe: raw.unsafe,
		mode: raw.bench ? "bench" : raw.test ? "test" : (raw.mode ?? "run"),
		probeFilter: raw.probeFilter,
		dryRun: raw.dryRun,
		info: raw.info === true,
		warnings: raw.warnings,
		cache: raw.cache,
		fmt: raw.fmt === true,
		emitElf: raw.emitElf,
		aot: raw.aot,
		noFeatures: Array.isArray(raw.feature) ? raw.feature : [],
		// Asked only where something is reported: to look takes 5 ms.
		get color() {
			return env.NO_COLOR === undefined && errorsAreSeen();
		},
	};
}
