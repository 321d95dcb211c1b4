// Names of system calls by number, for the machine that kask runs on.
import { syscallRuns as aarch64 } from "./syscalls-aarch64.ts";
import { syscallRuns as x86 } from "./syscalls-x86-64.ts";

const runs: Readonly<Record<string, string>> = { arm64: aarch64, x64: x86 };
let names: ReadonlyMap<number, string> | undefined;

/** undefined where there is no such call, or no table for this machine. */
export function syscallName(
	number: number,
	architecture: string = process.arch,
): string | undefined {
	if (architecture !== process.arch)
		return readRuns(runs[architecture] ?? "").get(number);
	names ??= readRuns(runs[architecture] ?? "");
	return names.get(number);
}

let numbers: ReadonlyMap<string, number> | undefined;

/** Of the machine that kask runs on. */
export function syscallNumber(name: string): number | undefined {
	numbers ??= new Map(
		[...readRuns(runs[process.arch] ?? "")].map(([n, called]) => [called, n]),
	);
	return numbers.get(name);
}

/** `7: poll lseek`: words with a colon are the number of the next name. */
function readRuns(text: string): ReadonlyMap<number, string> {
	const table = new Map<number, string>();
	let next = 0;
	for (const word of text.split(/\s+/)) {
		if (word.endsWith(":")) next = Number(word.slice(0, -1));
		else if (word !== "") table.set(next++, word);
	}
	return table;
}
