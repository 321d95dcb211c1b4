// The examples of builtins and probe providers, as `kask help` and docs/ show them, on this kernel.
import { describe, expect, test } from "vitest";
import { allBuiltins } from "../../src/builtins/index.ts";
import { allProviders } from "../../src/probes/index.ts";
import { lackingFor, runExample } from "./support/run-example.ts";

const MOST_MS = 60_000;

interface Example {
	readonly name: string;
	readonly example: string;
	readonly lacking: string | undefined;
	readonly unsafe?: boolean;
	readonly exampleArgs?: readonly string[];
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
	for (const { name, example, lacking, unsafe, exampleArgs } of examples) {
		test.skipIf(lacking !== undefined)(
			lacking ? `${name} (no ${lacking} here)` : name,
			{ timeout: MOST_MS },
			async () => {
				const options = [
					...(unsafe ? ["--unsafe"] : []),
					...(exampleArgs ?? []),
				];
				const { code, errors } = await runExample(example, options);
				expect(errors).not.toContain("error[");
				expect(code).toBe(0);
			},
		);
	}
});
