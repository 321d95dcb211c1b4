// `kask tools`: the tools with a line each, those that can't run on this kernel apart, with what they miss.
import { readFileSync } from "node:fs";
import {
	failUnprivileged,
	readPrivileges,
} from "../../runtime/machine/privileges.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { whyNotHere } from "./fitness.ts";
import { openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { addFailure } from "./report.ts";
import { readHeader } from "./tool-header.ts";
import { allTools } from "./tools.ts";

export function toolsText(options: Options, diagnostics: Diagnostics): string {
	const tools = allTools();
	const width = Math.max(...tools.map(({ name }) => name.length)) + 2;
	const row = (name: string, text: string) =>
		`${name.padEnd(width)}${text}`.trimEnd();
	// Without the right to trace, nobody can say.
	const privileges = readPrivileges();
	const machine = openMachine(options, diagnostics);
	const fit: string[] = [];
	const unfit: string[] = [];
	for (const { name, path } of tools) {
		const why = privileges.trace
			? whyNotHere(path, machine, options)
			: undefined;
		if (why !== undefined) unfit.push(row(name, why));
		else fit.push(row(name, readHeader(readFileSync(path, "utf8")).about));
	}
	if (!privileges.trace) {
		const what = "say which run here";
		addFailure(diagnostics, failUnprivileged(what, privileges).failure);
	}
	const apart = unfit.length > 0 ? ["", "Not on this kernel:", ...unfit] : [];
	return `${[...fit, ...apart].join("\n")}\n`;
}
