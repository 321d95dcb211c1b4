// What `npm test` runs once everything is installed: the steps in order, then one line that counts them all.
import { existsSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import type { KernelResults } from "../cases/results.ts";
import { guestCasesStep, hostCasesStep, matrixStep } from "./case-steps.ts";
import {
	addTallies,
	failed,
	type Step,
	type StepResult,
	skipped,
} from "./step.ts";
import { styleSteps } from "./style-step.ts";
import { vitestStep } from "./vitest-step.ts";

const ROOT = resolve(import.meta.dirname, "../..");
/** Folders whose tests load programs into the kernel. */
const NEED_ROOT = new Set(["kernel", "fuzz"]);
const VM_TOOLS = ["/usr/bin/qemu-system-x86_64", "/bin/busybox"];

function hasTests(folder: string): boolean {
	return readdirSync(folder, { recursive: true }).some((name) =>
		name.toString().endsWith(".test.ts"),
	);
}

function listFolders(): string[] {
	const base = join(ROOT, "test");
	return readdirSync(base, { withFileTypes: true })
		.filter((entry) => entry.isDirectory())
		.map((entry) => entry.name)
		.filter((name) => hasTests(join(base, name)));
}

function skipStep(name: string, why: string): Step {
	return { name, run: async () => skipped(`skipped: ${name}: ${why}`) };
}

function guestObstacle(): string | undefined {
	if (process.arch !== "x64") return "the guest is x86-64, this machine is not";
	const missing = VM_TOOLS.filter((tool) => !existsSync(tool));
	return missing.length > 0 ? `${missing.join(", ")} missing` : undefined;
}

/** The steps for the folders asked for; all of them when none is. */
function planSteps(asked: readonly string[]): Step[] {
	const isRoot = process.getuid?.() === 0;
	const wants = (name: string) => asked.length === 0 || asked.includes(name);
	const folders = listFolders().filter(wants);
	const matrix: KernelResults[] = [];
	const steps: Step[] = wants("check") ? styleSteps(ROOT) : [];
	const open = folders.filter((name) => isRoot || !NEED_ROOT.has(name));
	if (open.length > 0) steps.push(vitestStep(ROOT, open));
	for (const name of folders) {
		if (!open.includes(name)) steps.push(skipStep(name, "needs root"));
	}
	if (wants("kernel")) {
		const step = hostCasesStep(ROOT, matrix);
		steps.push(isRoot ? step : skipStep(step.name, "needs root"));
	}
	if (wants("vm")) {
		const step = guestCasesStep(ROOT, matrix);
		const obstacle = guestObstacle();
		steps.push(obstacle === undefined ? step : skipStep(step.name, obstacle));
		if (wants("kernel") && isRoot && obstacle === undefined) {
			steps.push(matrixStep(matrix));
		}
	}
	return steps;
}

function checkNames(asked: readonly string[]): string | undefined {
	const known = new Set([...listFolders(), "check", "kernel", "vm"]);
	const unknown = asked.find((name) => !known.has(name));
	if (unknown === undefined) return undefined;
	return `no tests are called ${unknown}; there are ${[...known].sort().join(", ")}`;
}

/** A step that breaks down counts as one failure; the others still run. */
async function runStep(step: Step): Promise<StepResult> {
	try {
		return await step.run();
	} catch (error) {
		console.error(error);
		return failed(`failed: ${step.name}: ${error}`);
	}
}

async function main(asked: string[]): Promise<number> {
	const mistake = checkNames(asked);
	if (mistake !== undefined) {
		console.error(mistake);
		return 2;
	}
	const results: StepResult[] = [];
	for (const step of planSteps(asked)) {
		console.log(`\n== ${step.name}`);
		results.push(await runStep(step));
	}
	const notes = results.flatMap((result) => result.notes);
	if (notes.length > 0) console.log(`\n${notes.join("\n")}`);
	const total = addTallies(results);
	console.log(
		`\n${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`,
	);
	return total.failed === 0 && total.passed > 0 ? 0 : 1;
}

process.exitCode = await main(process.argv.slice(2));
