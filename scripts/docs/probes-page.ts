// docs/probes.md: a section per probe provider, told by its definition.
import type { ProbeProvider } from "../../src/probes/definition.ts";
import { allProviders } from "../../src/probes/index.ts";
import { codeBlock, linkTo } from "./markdown.ts";

const intro = `# Probes

Made from the definitions in \`src/probes/\` by \`npm run docs\`; \`kask help NAME\` shows the same. A probe says when a block
runs: \`type:part:part { … }\`. Parts may hold the wildcards \`*\`, \`?\` and \`[a-z]\`; a part in double quotes is taken as it
is. Several probes may share one block, with commas between them; \`a ?? b\` takes the first that this kernel has.
\`kask -l 'PATTERN'\` lists what there is, \`kask -lv\` with arguments. The language is told in [language.md](language.md).
`;

export function probesPage(): string {
	const index = allProviders.map((p) => linkTo(p.name)).join(" · ");
	const sections = allProviders.map(section).join("\n\n");
	return `${[intro, index, "", sections].join("\n")}\n`;
}

function section(provider: ProbeProvider): string {
	const { aliases, needs } = provider;
	const notes = [
		aliases.length > 0 &&
			`Also written ${aliases.map((n) => `\`${n}\``).join(", ")}.`,
		needs && `Needs of the kernel: \`${needs}\` (see \`kask --info\`).`,
	].filter((note) => typeof note === "string");
	return [
		`## ${provider.name}`,
		codeBlock(provider.forms.join("\n")),
		[provider.doc, `It fires ${provider.fires}.`, ...notes].join(" "),
		codeBlock(provider.example, "bt"),
	].join("\n\n");
}
