// The command that runs cases on the kernel it stands on; the same bundle runs in the guest.
import {
	appendFileSync,
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { availableParallelism, release, tmpdir } from "node:os";
import { basename, join, relative, resolve } from "node:path";
import { parseArgs } from "node:util";
import { findDisk } from "../../src/lessons/disk.ts";
import { parseCases, type TestCase } from "./case-file.ts";
import { detectFeatures } from "./features.ts";
import { lessonCases } from "./lesson-cases.ts";
import {
	type CaseResult,
	countResults,
	describeResult,
	type KernelResults,
} from "./results.ts";
import { type ListedCase, runList } from "./run-list.ts";
import { casesToRepeat, latestResults, withSecondTry } from "./second-try.ts";

const ROOT = resolve(import.meta.dirname, "../..");
const USAGE = `usage: cases [--jobs N] [--scale N] [--only TEXT] [--json FILE] [--done FILE] [--again N] [FILE|FOLDER]...
--done keeps each result as it comes, and leaves out the cases that the file knows already.
--again N tries failed cases once more in the end, each by itself, where there are no more than N.
KASK_BIN names another executable to test than dist/kask.js.`;

function listFiles(path: string): string[] {
	if (!statSync(path).isDirectory()) return [path];
	return readdirSync(path, { recursive: true })
		.map((entry) => join(path, entry.toString()))
		.filter((file) => file.endsWith(".case"))
		.sort();
}

function readCases(paths: readonly string[]): ListedCase[] {
	return paths
		.flatMap(listFiles)
		.flatMap((file) =>
			listCases(
				basename(file, ".case"),
				parseCases(relative(ROOT, file), readFileSync(file, "utf8")),
			),
		);
}

function listCases(group: string, cases: readonly TestCase[]): ListedCase[] {
	return cases.map((test) => ({ id: `${group}: ${test.name}`, test }));
}

function kaskWords(): string[] {
	const other = process.env.KASK_BIN;
	return other ? [other] : [process.execPath, join(ROOT, "dist/kask.js")];
}

/** Results of a run that was cut short, perhaps within its last line. */
function readDone(path: string | undefined): CaseResult[] {
	if (path === undefined || !existsSync(path)) return [];
	const lines = readFileSync(path, "utf8").split("\n");
	return latestResults(
		lines.filter((l) => l.endsWith("}")).map((line) => JSON.parse(line)),
	);
}

function readOptions(words: string[]) {
	return parseArgs({
		args: words,
		allowPositionals: true,
		options: {
			jobs: { type: "string", default: String(availableParallelism()) },
			scale: { type: "string", default: "1" },
			only: { type: "string", default: "" },
			json: { type: "string" },
			done: { type: "string" },
			again: { type: "string", default: "0" },
			help: { type: "boolean", default: false },
		},
	});
}

type Options = ReturnType<typeof readOptions>;

/** The lists of cases to run, one after the other, each with how many run at a time. */
function listAll({ values, positionals }: Options): [ListedCase[], number][] {
	const jobs = Number(values.jobs);
	if (positionals.length > 0) return [[readCases(positionals), jobs]];
	return [
		[readCases([join(ROOT, "test/kernel/cases")]), jobs],
		// Several lessons trace programs of the same name, so each has the machine for itself.
		[listCases("lessons", lessonCases(ROOT)), 1],
	];
}

async function runAll(
	options: Options,
	done: readonly CaseResult[],
): Promise<CaseResult[]> {
	const { values } = options;
	const known = new Set(done.map(({ id }) => id));
	const lists = listAll(options);
	const disk = findDisk();
	const kask = kaskWords();
	const cache = mkdtempSync(join(tmpdir(), "kask-cache-"));
	const onResult = (result: CaseResult) => {
		console.log(describeResult(result));
		if (values.done) appendFileSync(values.done, `${JSON.stringify(result)}\n`);
	};
	try {
		const settings = { kask, scale: Number(values.scale), disk, cache };
		const features = detectFeatures(kask, disk);
		const run = (cases: readonly ListedCase[], atATime: number) =>
			runList(cases, settings, features, atATime, onResult);
		const results = [...done];
		for (const [listed, jobs] of lists) {
			const wanted = ({ id }: ListedCase) =>
				id.includes(values.only) && !known.has(id);
			results.push(...(await run(listed.filter(wanted), jobs)));
		}
		const repeated = casesToRepeat(results, Number(values.again));
		const again = lists
			.flatMap(([listed]) => listed)
			.filter(({ id }) => repeated.has(id));
		return withSecondTry(results, await run(again, 1));
	} finally {
		rmSync(cache, { recursive: true, force: true });
	}
}

async function main(words: string[]): Promise<number> {
	const options = readOptions(words);
	const { values } = options;
	if (values.help) {
		console.log(USAGE);
		return 0;
	}
	const results = await runAll(options, readDone(values.done));
	const report: KernelResults = { release: release(), results };
	if (values.json) writeFileSync(values.json, JSON.stringify(report));
	const tally = countResults(results);
	console.log(
		`${tally.passed} passed, ${tally.failed} failed, ${tally.skipped} skipped on ${release()}`,
	);
	return tally.failed === 0 ? 0 : 1;
}

try {
	process.exitCode = await main(process.argv.slice(2));
} catch (error) {
	// A case file with a mistake in it, or no kask to run: the message says all.
	console.error(error instanceof Error ? error.message : error);
	process.exitCode = 2;
}
