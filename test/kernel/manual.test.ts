// Every example of docs/language.md, run as a reader would run it. A block `bt` is a script, with the options that stand
// behind the word; a block `sh` is for a shell. A block `text` after it is what is printed, to the letter; `text sample`
// is what was printed once. KASK_UPDATE=1 rewrites the former; read the difference before you commit it.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import {
	lackingFor,
	type Outcome,
	runExample,
	runShell,
} from "./support/run-example.ts";

const page = join(import.meta.dirname, "../../docs/language.md");
const MOST_MS = 60_000;
// Examples that end by themselves after a second are not to be told to at that very moment.
const LISTEN_MS = 1400;

interface Example {
	readonly kind: "bt" | "sh";
	readonly options: readonly string[];
	readonly script: string;
	/** Where it stands: the line, and the heading above. */
	readonly line: number;
	readonly heading: string;
	/** The first line of the text that it prints, counted from 0, and how many there are. */
	readonly expected?: { readonly from: number; readonly count: number };
}

const lines = readFileSync(page, "utf8").split("\n");

function readBlocks() {
	const blocks: { info: string; from: number; to: number; heading: string }[] =
		[];
	let heading = "";
	for (let i = 0; i < lines.length; i++) {
		const line = lines[i] ?? "";
		if (line.startsWith("#")) heading = line.replace(/^#+ /, "");
		if (!line.startsWith("```")) continue;
		const to = lines.indexOf("```", i + 1);
		blocks.push({ info: line.slice(3), from: i + 1, to, heading });
		i = to;
	}
	return blocks;
}

function readExamples(): readonly Example[] {
	const blocks = readBlocks();
	return blocks.flatMap(({ info, from, to, heading }, i) => {
		const [kind, ...options] = info.split(" ");
		if (kind !== "bt" && kind !== "sh") return [];
		const next = blocks[i + 1];
		const expected =
			next?.info === "text" && next.from - to < 4
				? { from: next.from, count: next.to - next.from }
				: undefined;
		const script = lines.slice(from, to).join("\n");
		return [{ kind, options, script, heading, line: from, expected }];
	});
}

function printed({ output, errors }: Outcome): string {
	// Beside complaints, stderr holds what is not the example's: how many probes were attached.
	const told = /(?:error|warning)\[/.test(errors)
		? errors.replace(/^Attached .*\n/gm, "")
		: "";
	return [output, told]
		.map((t) => t.replace(/^\n+/, "").trimEnd())
		.filter((t) => t !== "")
		.join("\n");
}

function run({ kind, script, options }: Example): Promise<Outcome> {
	if (kind === "bt") return runExample(script, options, LISTEN_MS);
	const folder = mkdtempSync(join(tmpdir(), "kask-manual-"));
	return runShell(script, folder).finally(() =>
		rmSync(folder, { recursive: true }),
	);
}

const examples = readExamples();
const found = new Map<Example, string>();

describe.concurrent("the example in", () => {
	for (const example of examples) {
		const { kind, line, heading, script, options, expected } = example;
		const lacking = kind === "bt" ? lackingFor(script) : undefined;
		const name = `line ${line}, ${heading}`;
		test.skipIf(lacking !== undefined)(
			lacking ? `${name} (no ${lacking} here)` : name,
			{ timeout: MOST_MS },
			async () => {
				const outcome = await run(example);
				found.set(example, printed(outcome));
				if (process.env.KASK_UPDATE) return;
				if (expected) {
					const { from, count } = expected;
					const text = lines.slice(from, from + count).join("\n");
					expect(printed(outcome)).toBe(text.trimEnd());
				}
				const wrong = expected && /error\[/.test(printed(outcome));
				if (!wrong) expect(outcome.errors).not.toContain("error[");
				if (!wrong && !options.includes("--test")) expect(outcome.code).toBe(0);
			},
		);
	}
});

afterAll(() => {
	if (!process.env.KASK_UPDATE) return;
	const made = [...lines];
	for (const { expected, ...rest } of [...examples].reverse()) {
		const text = [...found].find(([e]) => e.line === rest.line)?.[1];
		if (expected && text !== undefined)
			made.splice(expected.from, expected.count, ...text.split("\n"));
	}
	writeFileSync(page, made.join("\n"));
});
