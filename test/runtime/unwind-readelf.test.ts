// Tables made of .eh_frame, against what readelf makes of a program and of libc.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { withElf } from "../../runtime/machine/elf.ts";
import { type Rule, RuleBook } from "../../runtime/unwind/rules.ts";
import {
	readUnwindTable,
	type UnwindTable,
} from "../../runtime/unwind/table.ts";
import { frameBy, savedAt } from "../../src/base/unwind-tables.ts";
import { frameWords } from "./frame-words.ts";

const folder = mkdtempSync(join(tmpdir(), "kask-unwind-"));
afterAll(() => rmSync(folder, { recursive: true }));

const program = `
#include <alloca.h>
#include <stdlib.h>
#include <string.h>
typedef float wide __attribute__((vector_size(32)));
volatile wide kept;
__attribute__((noinline)) int leaf(int x) { return x * 3; }
__attribute__((noinline)) void aligned(int x) { wide w[4]; memset(w, x, sizeof w); kept = w[leaf(x) & 3]; }
__attribute__((noinline)) int dynamic(int n) { char *room = alloca(n); memset(room, n, n); return leaf(room[n / 2]) + 1; }
static int compare(const void *a, const void *b) { return leaf(*(int *)a) - dynamic(*(int *)b); }
int main(int c, char **v) { int n[] = { 3, 1, c }; qsort(n, 3, 4, compare); aligned(c); return n[0]; }
`;

function hasTools(): boolean {
	const has = (name: string) => existsSync(`/usr/bin/${name}`);
	return process.arch === "x64" && has("gcc") && has("readelf");
}

function compile(): string {
	const source = join(folder, "program.c");
	const path = join(folder, "program");
	writeFileSync(source, program);
	execFileSync("gcc", ["-O2", "-fomit-frame-pointer", "-o", path, source]);
	return path;
}

interface Interpreted {
	readonly address: number;
	readonly frame: string;
	readonly base: string;
	readonly returns: string;
}

/** Rows as readelf gives them. */
function interpret(path: string): readonly Interpreted[] {
	// Of libc it says that it does not find the debug file, and fails after all is told.
	const { stdout: text } = spawnSync(
		"readelf",
		["--debug-dump=frames-interp", path],
		{ encoding: "utf8", maxBuffer: 2 ** 28 },
	);
	let columns: readonly string[] = [];
	let isFunction = false;
	return text.split("\n").flatMap((line) => {
		if (/\bCIE\b|\bFDE\b/.test(line)) isFunction = line.includes(" FDE ");
		const words = line
			.replace(/ \(\w+\)/g, "")
			.trim()
			.split(/\s+/);
		if (words[0] === "LOC") columns = words;
		if (!isFunction || !/^[0-9a-f]{16}$/.test(words[0] ?? "")) return [];
		const of = (name: string) => words[columns.indexOf(name)] ?? "u";
		return {
			address: Number.parseInt(words[0] ?? "", 16),
			frame: of("CFA"),
			base: of("rbp"),
			returns: of("ra"),
		};
	});
}

/** In readelf's words. */
function asInterpreted(rule: Rule): Omit<Interpreted, "address"> {
	const { frame, offset, base, returns } = rule;
	const byRegister = frame === frameBy.stack || frame === frameBy.base;
	const saved = ({ at, offset: from }: Rule["base"]): string => {
		if (at === savedAt.frame) return `c${from < 0 ? "" : "+"}${from}`;
		return at === savedAt.same || at === savedAt.lost ? "u" : "exp";
	};
	return {
		frame: byRegister ? `${frameWords[frame]}+${offset}` : "exp",
		base: saved(base),
		returns: saved(returns),
	};
}

/** What other registers lead to is not followed, and readelf has no word for where a thread began. */
function agrees(rule: Rule, { frame, base, returns }: Interpreted): boolean {
	if (rule.frame === frameBy.unknown)
		return !/^r[sb]p/.test(frame) || !returns.startsWith("c");
	if (rule.frame === frameBy.end) return returns === "u";
	const found = asInterpreted(rule);
	return (
		found.frame === frame && found.base === base && found.returns === returns
	);
}

function ruleAt({ base, starts, rules }: UnwindTable, address: number): number {
	let [low, high] = [0, starts.length];
	while (low < high) {
		const middle = (low + high) >> 1;
		if ((starts[middle] ?? 0) + base <= address) low = middle + 1;
		else high = middle;
	}
	return rules[low - 1] ?? 0;
}

const libc = "/lib/x86_64-linux-gnu/libc.so.6";

for (const [name, find, most] of [
	["a program", compile, 10_000],
	["libc", () => (existsSync(libc) ? libc : compile()), 40_000],
] as const)
	test.skipIf(!hasTools())(
		`rows of ${name} are those that readelf finds`,
		{ timeout: 60_000 },
		() => {
			const path = find();
			const book = new RuleBook();
			const table = withElf(path, (elf) => readUnwindTable(elf, book));
			if (!table) throw new Error("no table");
			const wanted = interpret(path).slice(0, most);
			expect(wanted.length).toBeGreaterThan(15);
			const wrong = wanted.filter((want) => {
				const rule = book.rule(ruleAt(table, want.address));
				return !agrees(rule, want);
			});
			expect(wrong).toEqual([]);
		},
	);
