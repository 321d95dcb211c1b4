// `kask help [NAME|CODE]`: told from the definitions themselves.
import { languageWords } from "../../grammar/words.ts";
import { verifierRules } from "../../runtime/bpf/verifier-rules.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { explanations } from "../base/explanations/index.ts";
import { type MessageCode, messages } from "../base/messages.ts";
import { shellWords } from "../base/shell-words.ts";
import { nearestName } from "../base/suggest.ts";
import type { BuiltinDefinition } from "../builtins/definition.ts";
import { allBuiltins, builtinNamed } from "../builtins/index.ts";
import { whereItRuns } from "../builtins/where-it-runs.ts";
import type { ProbeProvider } from "../probes/definition.ts";
import { allProviders, providerNamed } from "../probes/index.ts";
import { languageText, toldVariables } from "./help-language.ts";
import { filled, indented, width } from "./help-text.ts";
import { isToolName } from "./script-source.ts";

/** Text for `kask help` and what comes after it; reports an unknown name. */
export function helpText(
	name: string | undefined,
	diagnostics: Diagnostics,
): string {
	if (name === undefined) return overview();
	const text = textOf(name) ?? textOf(name.replace(/\(.*\)?$/, ""));
	if (text !== undefined) return text;
	diagnostics.report("E0809", { name }, hintFor(name));
	return "";
}

function textOf(name: string): string | undefined {
	const builtin = builtinNamed(name);
	if (builtin) return builtinText(builtin);
	const provider = providerNamed(name);
	if (provider) return providerText(provider);
	return codeText(name.toUpperCase()) ?? languageText(name);
}

const commands = ["tools", "learn", "doctor", "explain", "replay"];

function hintFor(name: string): { help?: string } {
	if (isToolName(name) || name === "learn")
		return { help: `kask ${name} --help tells how it is used` };
	if (commands.includes(name))
		return { help: `kask --help tells how kask ${name} is called` };
	const known = [
		...[...allBuiltins, ...allProviders, ...toldVariables].map((d) => d.name),
		...languageWords.flatMap(({ names }) => names),
	];
	const near = nearestName(name, known);
	return near ? { help: `did you mean ${near}?` } : {};
}

function overview(): string {
	const groups = new Map<string, string[]>();
	for (const b of allBuiltins) {
		groups.set(b.group, [...(groups.get(b.group) ?? []), b.name]);
	}
	const lines = [...groups].map(([group, names]) =>
		wrap(`${group}: `, names.sort()),
	);
	const probes = wrap(
		"probes: ",
		allProviders.map((p) => p.name),
	);
	const words = wrap(
		"language: ",
		languageWords.flatMap(({ names }) => names),
	);
	const variables = wrap(
		"configuration: ",
		toldVariables.map((row) => row.name),
	);
	return `${[words, probes, ...lines, variables].join("\n\n")}\n\nkask help NAME tells more about one of them, kask help E0203 about a message; kask learn teaches it all.\n`;
}

/** Names in lines of at most `width` columns, indented below the title. */
function wrap(title: string, names: readonly string[]): string {
	const indent = " ".repeat(4);
	const lines = [title];
	let line = indent;
	for (const name of names) {
		if (line.length + name.length + 1 > width) {
			lines.push(line.trimEnd());
			line = indent;
		}
		line += `${name} `;
	}
	return [...lines, line.trimEnd()].join("\n");
}

function builtinText(builtin: BuiltinDefinition): string {
	const also = builtin.aliases?.length
		? `Also: ${builtin.aliases.join(", ")}\n`
		: "";
	const unsafe = builtin.unsafe ? "Only with --unsafe.\n" : "";
	const needs = needsText(builtin.needs ?? []);
	const { runs, lost } = whereItRuns(builtin);
	const where = `${filled(`Runs ${runs}.`)}\n`;
	const loss = lost === undefined ? "" : `${filled(`May be lost: ${lost}.`)}\n`;
	const args = builtin.exampleArgs;
	const run = args ? ` (run with ${shellWords(args)})` : "";
	return `${builtin.signatures.join("\n")}\n\n${filled(builtin.doc)}\n${where}${loss}${also}${unsafe}${needs}\nExample${run}:\n    ${indented(builtin.example).trimStart()}\n`;
}

/** Rows of `kask --info`. */
function needsText(needs: readonly string[]): string {
	return needs.length > 0
		? `Needs of the kernel: ${needs.join(", ")} (see: kask --info)\n`
		: "";
}

function providerText(provider: ProbeProvider): string {
	const also =
		provider.aliases.length > 0 ? `Also: ${provider.aliases.join(", ")}\n` : "";
	const needs = needsText(provider.needs ? [provider.needs] : []);
	return `${provider.forms.join("\n")}\n\n${filled(provider.doc)}\n${filled(`Fires ${provider.fires}.`)}\n${also}${needs}\nExample:\n    ${indented(provider.example).trimStart()}\n`;
}

function codeText(code: string): string | undefined {
	if (!isMessageCode(code)) return undefined;
	const message: { readonly text: string; readonly help?: string } =
		messages[code];
	const { why = "", wrong, right, seen } = explanations[code] ?? {};
	const also = message.help ? `help: ${message.help}\n` : "";
	const parts = [`${code}: ${message.text}\n${also}`, `${filled(why)}\n`];
	if (seen === "by the kernel" && code === "E0704") parts.push(rulesText());
	if (wrong !== undefined) parts.push(`Wrong:\n${indented(wrong)}\n`);
	if (right !== undefined) parts.push(`Right:\n${indented(right)}\n`);
	return parts.join("\n");
}

function isMessageCode(code: string): code is MessageCode {
	return Object.hasOwn(messages, code);
}

/** The verifier's rules, as they are told with a script that breaks one. */
function rulesText(): string {
	const rules = verifierRules.map(
		({ rule, why, help }) =>
			`- ${filled(`${rule}: ${why}.`, 2)}\n  ${filled(help, 2)}`,
	);
	return `The rules:\n${rules.join("\n")}\n`;
}
