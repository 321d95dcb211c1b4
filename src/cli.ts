// kask's front door: reads the command line and hands over to a command. Wiring only.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { nameProcess } from "../runtime/session/process-name.ts";
import { Diagnostics } from "./base/diagnostics.ts";
import {
	explainOptionsFirst,
	withInlineScript,
} from "./commands/explain-options.ts";
import { installDirectory } from "./commands/install.ts";
import { makeProgram, type Options, readOptions } from "./commands/options.ts";
import { markOwnOptions, unmark } from "./commands/own-options.ts";
import { addFailure, reportAll } from "./commands/report.ts";
import { isToolName } from "./commands/script-source.ts";
import { printError, printOut } from "./commands/stdio.ts";

function version(): string {
	const text = readFileSync(join(installDirectory(), "package.json"), "utf8");
	return JSON.parse(text).version;
}

/** Options after a tool's name are the tool's own; after a script's path, those that it declares. */
function parseArguments(argv: readonly string[]): Options {
	const first = makeProgram(version()).passThroughOptions();
	first.parse(argv, { from: "user" });
	const operand = first.args[0];
	if (operand === "doctor") return withDoctor(argv);
	if (operand === "explain") return withExplain(argv);
	if (isLearning(first.opts().program, operand))
		return readOptions(first, process.env);
	const tool =
		first.opts().program.length === 0 &&
		operand !== undefined &&
		isToolName(operand);
	if (tool) return readOptions(first, process.env);
	if (!first.args.some((word) => word.startsWith("-")))
		return readOptions(first, process.env);
	const all = makeProgram(version());
	const words =
		operand === undefined ? argv : markOwnOptions(argv, operand, all);
	all.parse(words, { from: "user" });
	const options = readOptions(all, process.env);
	return { ...options, operands: options.operands.map(unmark) };
}

/** All words after `learn` are that command's own. */
function isLearning(
	scripts: readonly string[],
	operand: string | undefined,
): boolean {
	return scripts.length === 0 && operand === "learn";
}

/** `kask doctor biolatency -Q`: what follows is as without the word. */
function withDoctor(argv: readonly string[]): Options {
	const at = argv.indexOf("doctor");
	const options = parseArguments(argv.filter((_, i) => i !== at));
	return { ...options, operands: ["doctor", ...options.operands] };
}

/** `kask explain biolatency --line 3`, `kask explain 'begin { }'`. */
function withExplain(argv: readonly string[]): Options {
	const at = argv.indexOf("explain");
	const words = argv.filter((_, i) => i !== at);
	const options = withInlineScript(parseArguments(explainOptionsFirst(words)));
	return { ...options, operands: ["explain", ...options.operands] };
}

/** Options that say different things of the same. */
function checkTogether(options: Options, diagnostics: Diagnostics): void {
	const { cmd, pid, programs } = options;
	if (cmd !== undefined && pid !== undefined) diagnostics.report("E0813");
	if (programs > 1) diagnostics.report("W0801", { count: programs });
}

async function main(): Promise<number> {
	nameProcess("kask");
	// Until a run listens: Node would start its debugger, a door to a process of root's.
	process.on("SIGUSR1", () => {});
	const options = parseArguments(process.argv.slice(2));
	const diagnostics = new Diagnostics();
	checkTogether(options, diagnostics);
	if (diagnostics.hasErrors) return reportAll(diagnostics, options);
	if (options.info) {
		const { infoText } = await import("./commands/info.ts");
		const text = infoText(version(), diagnostics);
		if (text !== undefined) printOut(text);
		return reportAll(diagnostics, options);
	}
	if (options.list) {
		const { listCommand } = await import("./commands/list.ts");
		listCommand(options, diagnostics);
		return reportAll(diagnostics, options);
	}
	const [first, second] = options.operands;
	if (
		options.program === undefined &&
		(first === "help" || first === "tools")
	) {
		printOut(await told(first, second, options, diagnostics));
		return reportAll(diagnostics, options);
	}
	return runNamed(first, options, diagnostics);
}

/** The commands by their names; what is none of them is a script. */
async function runNamed(
	name: string | undefined,
	options: Options,
	diagnostics: Diagnostics,
): Promise<number> {
	const after = () => ({ ...options, operands: options.operands.slice(1) });
	const command = options.program === undefined ? name : undefined;
	if (name === "doctor") {
		const { doctorCommand } = await import("./commands/doctor.ts");
		const code = doctorCommand(after(), diagnostics);
		return reportAll(diagnostics, options) || code;
	}
	if (name === "explain") {
		const { explainCommand } = await import("./commands/explain.ts");
		return explainCommand(after(), diagnostics);
	}
	if (command === "learn") {
		const { learnCommand } = await import("./commands/learn.ts");
		return learnCommand(after(), diagnostics);
	}
	if (command === "replay") {
		const { replayCommand } = await import("./commands/replay.ts");
		return replayCommand(options, diagnostics);
	}
	const { runCommand } = await import("./commands/run.ts");
	return runCommand(options, diagnostics);
}

async function told(
	what: "help" | "tools",
	name: string | undefined,
	options: Options,
	diagnostics: Diagnostics,
): Promise<string> {
	if (what === "help") {
		const { helpText } = await import("./commands/help.ts");
		return helpText(name, diagnostics);
	}
	const { toolsText } = await import("./commands/tool-list.ts");
	return toolsText(options, diagnostics);
}

/**
 * Only a bug of ours gets here, a disk that is full under the output, or a folder gone from under our feet: no stack trace
 * reaches a user unless it is asked for.
 */
function crash(error: unknown): number {
	const diagnostics = new Diagnostics();
	const message = error instanceof Error ? error.message : String(error);
	const syscall = syscallOf(error);
	if (syscall === "write") diagnostics.report("E0808", { why: message });
	else if (syscall === "uv_cwd")
		diagnostics.report(
			"E0804",
			{ path: "the current folder", why: "it has been removed" },
			{ help: "cd to one that is there" },
		);
	else addFailure(diagnostics, { code: "E0905", args: { message }, errno: 0 });
	reportAll(diagnostics, { warnings: true, color: false });
	if (process.env.KASK_TRACE && error instanceof Error)
		printError(`${error.stack}\n`);
	return 1;
}

function syscallOf(error: unknown): unknown {
	return error instanceof Error && "syscall" in error
		? error.syscall
		: undefined;
}

void main()
	.catch(crash)
	.then((code) => {
		process.exitCode = code;
	});
