// Machine code by lines of the script.
import { basename } from "node:path";
import type { MachineInstruction } from "../../runtime/explain/disassemble.ts";
import type { MachineCode } from "../../runtime/explain/machine-code.ts";
import type { MachineCodeBlock } from "./explanation.ts";

const bytesPerLine = 16;

/** `instructions`: the same code taken apart; without them it is told as bytes. */
export function describeMachineCode(
	{ bytes, lines }: MachineCode,
	instructions: readonly MachineInstruction[] | undefined,
	script: string,
): MachineCodeBlock[] {
	const pieces: { start: number; line: number | undefined }[] = [];
	for (const { offset, origin } of lines) {
		const last = pieces.at(-1);
		// Code of a template belongs to the line that brought it in.
		const own = basename(origin.file) === basename(script) && origin.line > 0;
		const line = own ? origin.line : last?.line;
		if (last === undefined || last.line !== line)
			pieces.push({ start: pieces.length === 0 ? 0 : offset, line });
	}
	return pieces.map(({ start, line }, i) => {
		const end = pieces[i + 1]?.start ?? bytes.length;
		const text = instructions
			? instructions
					.filter((one) => one.offset >= start && one.offset < end)
					.map(({ offset, text }) => `${offset.toString(16)}: ${text}`)
			: hexLines(bytes.subarray(start, end));
		return { line, text };
	});
}

function hexLines(bytes: Uint8Array): string[] {
	const lines: string[] = [];
	for (let at = 0; at < bytes.length; at += bytesPerLine) {
		const part = Buffer.from(bytes.subarray(at, at + bytesPerLine));
		lines.push(part.toString("hex").replace(/..(?=.)/g, "$& "));
	}
	return lines;
}
