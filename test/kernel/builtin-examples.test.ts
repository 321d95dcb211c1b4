// The examples of builtins and probe providers, as `kask help` and docs/ show them, on this kernel.
import { describe, expect, test } from "vitest";
import { allBuiltins } from "../../src/builtins/index.ts";
import { allProviders } from "../../src/probes/index.ts";
import { lackingFor, runExample } from "./support/run-example.ts";

const MOST_MS = 60_000;

/** Known, and refused with a message. */
const refused = new Set(["dw_ustack"]);

interface Example {
	readonly name: string;
	readonly example: string;
	readonly lacking: string | undefined;
	readonly unsafe?: boolean;
}

const examples: readonly Example[] = [
	...allBuiltins.map((b) => ({
		...b,
		lacking: lackingFor(b.example, b.needs),
	})),
	...allProviders.map(({ name, example }) => ({
		name: `${name} probes`,
		example,
		lacking: lackingFor(example),
	})),
];

describe.concurrent("the example of", () => {
	for (const { name, example, lacking, unsafe } of examples) {
		test.skipIf(lacking !== undefined)(
			lacking ? `${name} (no ${lacking} here)` : name,
			{ timeout: MOST_MS },
			async () => {
				const options = unsafe ? ["--unsafe"] : [];
				const { code, errors } = await runExample(example, options);
				if (refused.has(name)) {
					expect(errors).toContain("E0501");
					return;
				}
				expect(errors).not.toContain("error[");
				expect(code).toBe(0);
			},
		);
	}
});
