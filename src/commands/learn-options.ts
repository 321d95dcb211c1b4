// The command line of `kask learn`.
import { Command } from "commander";
import { printError, printOut } from "./stdio.ts";
import { reportUsageErrors } from "./usage-errors.ts";

export interface LearnOptions {
	/** A lesson's number or name, `list`, `all`; undefined for where the learner is. */
	readonly lesson: string | undefined;
	readonly run: boolean;
	/** A file to be checked. */
	readonly check: string | undefined;
	/** A script to be checked. */
	readonly program: string | undefined;
	readonly hint: boolean;
	readonly solution: boolean;
	readonly reset: boolean;
	readonly test: boolean;
	readonly record: boolean;
	/** Another folder of lessons. */
	readonly from: string | undefined;
}

const examples = `
Examples:
  kask learn                     go on where you are
  kask learn list                the lessons, and which are done
  kask learn 7                   this lesson
  kask learn 7 --check FILE      run your script, and compare what came out with what happened
  kask learn 7 --run             run the lesson's own script; without root, show a recording of it

Exit status: 0 when a check was right, 1 when it was not.`;

export function readLearnOptions(words: readonly string[]): LearnOptions {
	const program = new Command("kask learn")
		.description("lessons, from hello to your own biolatency")
		.argument("[lesson]", "number or name of a lesson, list, or all")
		.configureOutput({ writeOut: printOut, writeErr: printError })
		.configureHelp({
			styleTitle: (title) =>
				title === "Usage:" ? "USAGE:\n " : title.toUpperCase(),
			optionDescription: (option) => option.description,
		})
		.helpOption("-h, --help", "print this help")
		.option("--run", "run the lesson's script", false)
		.option("--check <file>", "check your script")
		.option("-e, --program <script>", "check this script")
		.option("--hint", "print the hints", false)
		.option("--solution", "print the solution", false)
		.option("--reset", "forget which lessons are done", false)
		.option("--from <folder>", "the lessons of this folder")
		.option("--test", "for teachers: try all that the lesson holds", false)
		.option("--record", "for teachers: record the lesson's script", false)
		.addHelpText("after", examples);
	reportUsageErrors(program, "kask learn").parse(words, { from: "user" });
	const raw = program.opts();
	return {
		lesson: program.args[0],
		run: raw.run,
		check: raw.check,
		program: raw.program,
		hint: raw.hint,
		solution: raw.solution,
		reset: raw.reset,
		test: raw.test,
		record: raw.record,
		from: raw.from,
	};
}
