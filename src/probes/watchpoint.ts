// watchpoint: a place in memory being read, written or run, caught by the processor itself.
import type { ProbeProvider, ResolveContext, SpecText } from "./definition.ts";
import { checkParts, joinWords, partSpan, readNumber } from "./spec.ts";

const lengths = [1, 2, 4, 8] as const;
/** What the processors can tell apart, letters sorted. */
const modes: readonly string[] =
	process.arch === "arm64" ? ["r", "w", "rw", "x"] : ["w", "rw", "x"];
const highest = 0xffff_ffff_ffff_ffffn;

export const watchpoint: ProbeProvider = {
	name: "watchpoint",
	aliases: ["w"],
	forms: ["watchpoint:ADDRESS:LENGTH:MODE"],
	doc: "Memory of 1, 2, 4 or 8 bytes that is read (r), written (w) or run (x). Processors have a handful of these.",
	fires:
		"when memory at the address is used in that way (only by the process of -p, where given)",
	needs: "watchpoint",
	example: "watchpoint:0x10000000:8:w { @[ustack] = count(); }",
	resolve(spec, context) {
		const parts = checkParts(spec, 3, 3, watchpoint, context);
		const address = parts && readAddress(spec, context);
		const length = parts && readLength(spec, context);
		const mode = parts && readMode(spec, context);
		if (address === undefined || length === undefined || mode === undefined)
			return [];
		const { pid } = context.environment;
		return [
			{
				probe: `watchpoint:${address}:${length}:${mode}`,
				target: { kind: "watchpoint", address, length, mode, pid },
				programType: "perf_event",
				section: "perf_event",
				hasRegisters: true,
			},
		];
	},
};

function readAddress(
	spec: SpecText,
	context: ResolveContext,
): string | undefined {
	const [text = ""] = spec.parts;
	const value = readNumber(text);
	if (value !== undefined && value > 0n && value <= highest)
		return `0x${value.toString(16)}`;
	const args = { text, what: "an address" };
	context.report("E0305", args, { span: partSpan(spec, 0) });
	return undefined;
}

function readLength(
	spec: SpecText,
	context: ResolveContext,
): (typeof lengths)[number] | undefined {
	const value = Number(readNumber(spec.parts[1] ?? "") ?? 0);
	const length = lengths.find((known) => known === value);
	if (length === undefined)
		reportChoice(spec, 1, "length", lengths.map(String), context);
	return length;
}

function readMode(spec: SpecText, context: ResolveContext): string | undefined {
	const letters = [...(spec.parts[2] ?? "")].sort().join("");
	const mode = modes.find((known) => known === letters);
	if (mode === undefined) reportChoice(spec, 2, "mode", modes, context);
	return mode;
}

function reportChoice(
	spec: SpecText,
	part: number,
	what: string,
	known: readonly string[],
	context: ResolveContext,
): void {
	context.report(
		"E0326",
		{ what, text: spec.parts[part] ?? "", known: joinWords(known, "or") },
		{ span: partSpan(spec, part) },
	);
}
