// A uprobe puts a breakpoint over the first byte of an instruction. In the middle of one it would change what the
// program does, so such places are refused where they can be told.
import type { ProbeEnvironment, UserFunctionPlace } from "./definition.ts";

export interface InstructionBounds {
	/** Bytes from the function's start: of the instruction that the place is in, and of the next one. */
	readonly before: number;
	readonly after: number | undefined;
}

/** Where an instruction begins before and after an offset of a function; undefined where one begins right there. */
export function cutInstruction(
	environment: Pick<ProbeEnvironment, "instructionStarts" | "unsafe">,
	path: string,
	{ offset: start, size }: UserFunctionPlace,
	offset: number,
): InstructionBounds | undefined {
	if (offset === 0 || environment.unsafe) return undefined;
	const starts = environment.instructionStarts(path, start, size) ?? [];
	const before = starts.findLast((at) => at <= offset);
	if (before === undefined || before === offset) return undefined;
	return { before, after: starts.find((at) => at > offset) };
}

/** The same for a place in the file, of the function that it lies in. */
export function cutInstructionAt(
	environment: ProbeEnvironment,
	path: string,
	fileOffset: number,
): InstructionBounds | undefined {
	for (const found of environment.userFunctions(path)?.values() ?? []) {
		const offset = fileOffset - found.offset;
		if (offset > 0 && offset < found.size)
			return cutInstruction(environment, path, found, offset);
	}
	return undefined;
}
