// Mistakes that the command line's own parser finds, told as all other mistakes are.
import type { Command } from "commander";
import { Diagnostics } from "../base/diagnostics.ts";
import { reportAll } from "./report.ts";
import { errorsAreSeen, printError } from "./stdio.ts";

/** How commander begins each of its messages, and how it ends those about a name that is near another. */
const complaint = /^error: (.*?)(?:\n\(Did you mean (.*)\?\))?\s*$/s;

/** Has `program` report wrong options with a code and a help line; `name` is how the command is called. */
export function reportUsageErrors(program: Command, name: string): Command {
	const outputError = (text: string) => {
		const [, message = text.trim(), near] = complaint.exec(text) ?? [];
		const help = near
			? `did you mean ${near}?`
			: `${aboutOption(program, message)}${name} --help lists the options`;
		const diagnostics = new Diagnostics();
		diagnostics.report("E0812", { message }, { help });
		const color = process.env.NO_COLOR === undefined && errorsAreSeen();
		reportAll(diagnostics, { warnings: true, color });
		if (message.startsWith("unknown option"))
			printError(`\nUSAGE:\n  ${name} ${program.usage()}\n`);
	};
	return program.configureOutput({ outputError });
}

/** What the option is for that the message is about. */
function aboutOption(program: Command, message: string): string {
	const flags = /^option '([^']*)'/.exec(message)?.[1];
	const option = program.options.find((o) => o.flags === flags);
	return option?.description ? `${flags}: ${option.description}; ` : "";
}
