// `-d asm`: the BPF instructions of a compiled script, each line of the script above those that came of it.
import { basename, normalize } from "node:path";
import {
	type ImageInstruction,
	readImage,
} from "../../runtime/explain/program-image.ts";
import type { Source } from "../base/source.ts";
import type { CompiledC } from "./compile.ts";

export function dumpInstructions(compiled: CompiledC, source: Source): string {
	const image = readImage(compiled.object);
	if (!image) throw new Error("E0905: clang made no object file");
	const lines = source.text.split("\n");
	const programs = compiled.plan.programs.map(({ symbol, section }) => {
		const code = image.program(symbol);
		return [`${symbol} (${section})`, ...listing(code, lines)];
	});
	return `${programs.map((p) => p.join("\n")).join("\n\n")}\n`;
}

function listing(
	code: readonly ImageInstruction[],
	script: readonly string[],
): string[] {
	let before = "";
	return code.flatMap((i) => {
		const place = placeOf(i, script);
		const head = place === before ? [] : [place];
		before = place;
		return [...head, `${String(i.index).padStart(6)}: ${i.text}`];
	});
}

/** Templates are named by file and line, the script's lines by their text too. */
function placeOf(
	{ origin, function: within }: ImageInstruction,
	script: readonly string[],
): string {
	if (!origin) return `; ${within}()`;
	const { file, line } = origin;
	if (file.endsWith(".bpf.h")) return `; ${basename(file)}:${line}`;
	return `; ${normalize(file)}:${line}: ${script[line - 1]?.trim() ?? ""}`.trimEnd();
}
