// Programs on the tracepoints of all system calls: which calls are theirs.
import type { SystemCallFacts } from "../builtins/definition.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { Region } from "./region.ts";

/** More than any kernel has so far (470); as many as the kernel's own table for them. */
const TABLE_SIZE = 512;

/** Leaves the program for all calls but the wanted ones. The number is looked at first: it tells most of them apart. */
export function requireCall(
	w: FunctionWriter,
	{ when, numbers }: SystemCallFacts,
	symbol: string,
): void {
	if (numbers === undefined) return;
	w.include("syscalls");
	const number = `${when === "enter" ? "entered" : "left"}_number(ctx)`;
	const [only = 0] = numbers;
	if (numbers.length === 1) {
		w.line(`if (${number} != ${only} || is_compat_call())`);
	} else {
		const index = w.once("call_index", "u64", `index_${symbol}(ctx)`);
		addTable(w, symbol, numbers, number);
		w.line(`if (!${index} || is_compat_call())`);
	}
	w.line("\treturn 0;");
}

/** From a call's number to its place among the program's, from 1; 0 for others. */
function addTable(
	w: FunctionWriter,
	symbol: string,
	numbers: readonly number[],
	number: string,
): void {
	const rows = numbers.map((n, i) => `[${n}] = ${i + 1}`);
	const body = new Region(undefined, undefined);
	const lines = [
		`static const u16 calls[${TABLE_SIZE}] = { ${rows.join(", ")} };`,
		`u64 number = ${number};`,
		"",
		`return number < ${TABLE_SIZE} ? calls[number] : 0;`,
	];
	for (const line of lines) body.line(line, undefined);
	const heading = [`static __always_inline u64 index_${symbol}(u64 *ctx)`];
	w.script.functions.push({ heading, body });
}
