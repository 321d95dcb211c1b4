// The text cases on this machine's kernel and on Debian's, and what the two runs say together.
import { existsSync, mkdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import {
	countResults,
	findNeverRun,
	type KernelResults,
} from "../cases/results.ts";
import { runInVm } from "../vm/boot.ts";
import { failed, runProgram, type Step, type StepResult } from "./step.ts";

/** Emulation makes everything this much slower, as far as time-outs are concerned. */
const GUEST_SCALE = 8;
const GUEST_JOBS = 2;
const GUEST_SECONDS = 2400;
/** No case takes longer: an emulated machine that is silent for so long has stopped. It does now and then. */
const GUEST_SILENCE_SECONDS = 180;
const GUEST_BOOTS = 3;
/** Of some 450 cases so many may fail because of the emulation, and are tried again in a new boot. */
const GUEST_AGAIN = 8;

interface Paths {
	readonly root: string;
	readonly work: string;
	readonly bundle: string;
}

function pathsIn(root: string): Paths {
	const work = join(root, ".cache/test");
	mkdirSync(work, { recursive: true });
	return { root, work, bundle: join(work, "cases.mjs") };
}

/** The runner as one file that node starts in the guest, where nothing can be built. */
async function bundleRunner({ root, bundle }: Paths): Promise<void> {
	const code = await runProgram(process.execPath, [
		join(root, "scripts/run-ts.mjs"),
		...["--out", bundle, join(root, "test/cases/main.ts")],
	]);
	if (code !== 0) throw new Error("the case runner could not be bundled");
}

function readResults(path: string): KernelResults | undefined {
	if (!existsSync(path)) return undefined;
	return JSON.parse(readFileSync(path, "utf8"));
}

function summarise(kernel: KernelResults): StepResult {
	const notes = kernel.results
		.filter(({ reasons }) => reasons.length > 0)
		.map(({ id, outcome, reasons }) => {
			const why = reasons.join("; ");
			return `${outcome} on ${kernel.release}: ${id}: ${why}`;
		});
	return { ...countResults(kernel.results), notes };
}

/** Cases on the kernel that this machine runs; the results are added to the matrix. */
export function hostCasesStep(root: string, matrix: KernelResults[]): Step {
	return {
		name: "cases on this kernel",
		run: async () => {
			const paths = pathsIn(root);
			const json = join(paths.work, "host.json");
			rmSync(json, { force: true });
			await bundleRunner(paths);
			await runProgram(process.execPath, [paths.bundle, "--json", json]);
			const kernel = readResults(json);
			if (!kernel) return failed("the cases did not run on this kernel");
			matrix.push(kernel);
			return summarise(kernel);
		},
	};
}

/** The same cases in QEMU, in one boot where all goes well. */
export function guestCasesStep(root: string, matrix: KernelResults[]): Step {
	return {
		name: "cases on Debian's kernel in QEMU",
		run: async () => {
			const paths = pathsIn(root);
			const share = join(paths.work, "share");
			rmSync(share, { recursive: true, force: true });
			await bundleRunner(paths);
			for (let boot = 1; boot <= GUEST_BOOTS; boot++) {
				const vm = await bootForCases(paths, share);
				const first = readResults(join(share, "results.json"));
				if (first) {
					const kernel = await tryAgain(paths, share, first);
					matrix.push(kernel);
					return summarise(kernel);
				}
				process.stderr.write(vm.console);
				const how = vm.timedOut ? "stopped" : "ended early";
				console.log(`the guest ${how} (boot ${boot} of ${GUEST_BOOTS})`);
			}
			return failed("the guest did not come to an end; see above");
		},
	};
}

/** What failed, in a guest of its own: what one has missed, it may go on missing. */
async function tryAgain(
	paths: Paths,
	share: string,
	first: KernelResults,
): Promise<KernelResults> {
	const { failed } = countResults(first.results);
	if (failed === 0 || failed > GUEST_AGAIN) return first;
	await bootForCases(paths, share, GUEST_AGAIN);
	return readResults(join(share, "results.json")) ?? first;
}

/** Goes on where an earlier boot has stopped; `again` as the runner has it. */
function bootForCases({ root, bundle }: Paths, share: string, again = 0) {
	return runInVm({
		command: `node ${JSON.stringify(bundle)} --jobs ${GUEST_JOBS} --scale ${GUEST_SCALE} --again ${again} --json /mnt/share/results.json --done /mnt/share/done`,
		directory: root,
		timeoutSeconds: GUEST_SECONDS,
		silenceSeconds: GUEST_SILENCE_SECONDS,
		cache: join(root, ".cache/vm"),
		environment: ["KASK_BIN"],
		share,
		clangOnHost: true,
		onStdout: (chunk) => process.stdout.write(chunk),
		onStderr: (chunk) => process.stderr.write(chunk),
	});
}

/** Only when both kernels took part: a case that neither could run tests nothing. */
export function matrixStep(matrix: readonly KernelResults[]): Step {
	return {
		name: "every case ran somewhere",
		run: async () => {
			const never = findNeverRun(matrix);
			return {
				passed: never.length === 0 ? 1 : 0,
				failed: never.length,
				skipped: 0,
				notes: never.map((id) => `failed: skipped on every kernel: ${id}`),
			};
		},
	};
}
