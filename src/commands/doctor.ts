// `kask doctor [SCRIPT]`, for people or (`--json`) for programs.
import type { Diagnostics } from "../base/diagnostics.ts";
import {
	examineMachine,
	type Finding,
	type Section,
} from "./doctor-machine.ts";
import {
	examineScript,
	type ProbeVerdict,
	type ScriptVerdict,
} from "./doctor-script.ts";
import { openMachine } from "./machine.ts";
import type { Options } from "./options.ts";
import { chooseScript } from "./script-source.ts";
import { printOut } from "./stdio.ts";

/** Exit code 1 where the script can't run here. `options.operands` are those after the word `doctor`. */
export function doctorCommand(
	options: Options,
	diagnostics: Diagnostics,
): number {
	const machine = openMachine(options, diagnostics);
	const json = options.format === "json";
	if (options.program === undefined && options.operands.length === 0) {
		const sections = examineMachine(machine);
		printOut(json ? toJson(sectionsJson(sections)) : machineText(sections));
		return 0;
	}
	const chosen = chooseScript(options, diagnostics);
	if (!chosen) return 1;
	const verdict = examineScript({
		...chosen,
		options,
		probes: machine.probes,
		diagnostics,
	});
	if (!verdict) return 1;
	const { name } = chosen.source;
	printOut(
		json ? toJson({ script: name, ...verdict }) : scriptText(name, verdict),
	);
	return verdict.runs ? 0 : 1;
}

function toJson(value: object): string {
	return `${JSON.stringify(value, undefined, 2)}\n`;
}

function sectionsJson(sections: readonly Section[]): object {
	return Object.fromEntries(
		sections.map(({ title, findings }) => [
			title.toLowerCase().replaceAll(" ", "_"),
			findings,
		]),
	);
}

const nameWidth = 28;

function machineText(sections: readonly Section[]): string {
	const blocks = sections.map(
		({ title, findings }) => `${title}\n${findings.map(findingLine).join("")}`,
	);
	return [...blocks, missingText(sections)].join("\n");
}

function findingLine({ name, state, detail }: Finding): string {
	return `  ${name.padEnd(nameWidth)} ${state === "fact" ? "" : state.padEnd(8)}${detail}\n`;
}

/** What is not there, each once, and how to get it. */
function missingText(sections: readonly Section[]): string {
	const told = new Map<string, string>();
	for (const { name, state, help } of sections.flatMap((s) => s.findings))
		if (help !== undefined && state !== "unknown" && !told.has(name))
			told.set(name, help);
	if (told.size === 0) return "Nothing is missing.\n";
	const lines = [...told].map(
		([name, help]) => `  ${name.padEnd(nameWidth)} ${help}\n`,
	);
	return `What is missing or limited, and how to get it\n${lines.join("")}`;
}

function scriptText(
	name: string,
	{ runs, probes, problems }: ScriptVerdict,
): string {
	const missing = probes.filter((p) => p.state === "no").length;
	const cause =
		missing > 0 ? `: ${missing} of ${probes.length} probes are missing` : "";
	const head = runs
		? `${name} runs here.`
		: `${name} does not run here${cause}.`;
	const others = problems.map(
		({ text, line, help }) =>
			`  ${line === undefined ? "" : `line ${line}: `}${text}\n${helpLine(help)}`,
	);
	return `${head}\n${probes.map(probeText).join("")}${others.join("")}`;
}

function probeText({
	probe,
	line,
	state,
	places,
	chosen,
	why,
	help,
}: ProbeVerdict): string {
	const taken = chosen === undefined ? "" : `, by ${chosen}`;
	const count = places > 1 ? `, ${places} places` : "";
	const reasons = why.map((reason) => `      ${reason}\n`).join("");
	return `  line ${line}: ${probe}: ${state}${taken}${count}\n${reasons}${helpLine(help)}`;
}

function helpLine(help: string | undefined): string {
	return help === undefined ? "" : `      help: ${help}\n`;
}
