// Every builtin's example, as `kask help` shows it, on this kernel: it ends by itself, or by a Ctrl-C some time after it
// has attached its probes.
import { spawn } from "node:child_process";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { type FeatureName, makeFeatures } from "../../runtime/features.ts";
import type { BuiltinDefinition } from "../../src/builtins/definition.ts";
import { allBuiltins } from "../../src/builtins/index.ts";
import { providerNamed } from "../../src/probes/index.ts";
import { kernel } from "./support/kernel.ts";

const KASK = join(import.meta.dirname, "../../dist/kask.js");
const ATTACHED = "__BPFTRACE_NOTIFY_PROBES_ATTACHED";
/** From attaching to the Ctrl-C. */
const LISTEN_MS = 3000;
const MOST_MS = 60_000;

/** Known, and refused with a message. */
const refused = new Set(["skboutput", "dw_ustack"]);

const features = makeFeatures(kernel);

/** The feature that this kernel lacks and the example needs. */
function lackingFor({ example, needs }: BuiltinDefinition): string | undefined {
	const providers = example.matchAll(/(?:^|[}\s])([a-z]+):/g);
	const wanted = [...providers].flatMap(
		([, name = ""]) => providerNamed(name)?.needs ?? [],
	);
	return [...wanted, ...(needs ?? [])].find(
		(name) => !features.has(name as FeatureName),
	);
}

interface Outcome {
	readonly code: number | null;
	readonly errors: string;
}

function runExample({ example, unsafe }: BuiltinDefinition): Promise<Outcome> {
	const options = unsafe ? ["--unsafe"] : [];
	const child = spawn(process.execPath, [KASK, ...options, "-e", example], {
		env: { ...process.env, [ATTACHED]: "1", NO_COLOR: "1" },
		stdio: ["ignore", "pipe", "pipe"],
	});
	let errors = "";
	let timer: NodeJS.Timeout | undefined;
	child.stderr.on("data", (chunk: Buffer) => {
		errors += chunk.toString("utf8");
	});
	child.stdout.on("data", (chunk: Buffer) => {
		if (timer || !chunk.includes(ATTACHED)) return;
		timer = setTimeout(() => child.kill("SIGINT"), LISTEN_MS);
	});
	return new Promise((resolve) => {
		child.on("close", (code) => {
			clearTimeout(timer);
			resolve({ code, errors });
		});
	});
}

describe.concurrent("the example of", () => {
	for (const builtin of allBuiltins) {
		const lacking = lackingFor(builtin);
		test.skipIf(lacking !== undefined)(
			lacking ? `${builtin.name} (no ${lacking} here)` : builtin.name,
			{ timeout: MOST_MS },
			async () => {
				const { code, errors } = await runExample(builtin);
				if (refused.has(builtin.name)) {
					expect(errors).toContain("E0501");
					return;
				}
				expect(errors).not.toContain("error[");
				expect(code).toBe(0);
			},
		);
	}
});
