// `kask help [NAME|CODE]`: told from the definitions themselves.
import type { Diagnostics } from "../base/diagnostics.ts";
import { messages } from "../base/messages.ts";
import { nearestName } from "../base/suggest.ts";
import type { BuiltinDefinition } from "../builtins/definition.ts";
import { allBuiltins, builtinNamed } from "../builtins/index.ts";
import type { ProbeProvider } from "../probes/definition.ts";
import { allProviders, providerNamed } from "../probes/index.ts";

/** Text for `kask help` and what comes after it; reports an unknown name. */
export function helpText(
	name: string | undefined,
	diagnostics: Diagnostics,
): string {
	if (name === undefined) return overview();
	const builtin = builtinNamed(name);
	if (builtin) return builtinText(builtin);
	const provider = providerNamed(name);
	if (provider) return providerText(provider);
	const message = codeText(name.toUpperCase());
	if (message) return message;
	const known = [...allBuiltins, ...allProviders].map((d) => d.name);
	const near = nearestName(name, known);
	diagnostics.report(
		"E0809",
		{ name },
		near ? { help: `did you mean ${near}?` } : {},
	);
	return "";
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
	return `${[probes, ...lines].join("\n\n")}\n\nkask help NAME tells more about one of them, kask help E0203 about a message.\n`;
}

const width = 96;

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
	return `${builtin.signatures.join("\n")}\n\n${builtin.doc}\n${also}${unsafe}\nExample:\n    ${builtin.example.replaceAll("\n", "\n    ")}\n`;
}

function providerText(provider: ProbeProvider): string {
	const also =
		provider.aliases.length > 0 ? `Also: ${provider.aliases.join(", ")}\n` : "";
	return `${provider.forms.join("\n")}\n\n${provider.doc}\nFires ${provider.fires}.\n${also}\nExample:\n    ${provider.example.replaceAll("\n", "\n    ")}\n`;
}

function codeText(code: string): string | undefined {
	const table: Readonly<
		Record<string, { readonly text: string; readonly help?: string }>
	> = messages;
	const message = table[code];
	if (!message) return undefined;
	return `${code}: ${message.text}\n${message.help ? `help: ${message.help}\n` : ""}`;
}
