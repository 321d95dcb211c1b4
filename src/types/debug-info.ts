// What a program's debug information answers.
import type { FunctionSignature, TypeSource } from "./type-source.ts";

/** Their origin is `dwarf:PATH`. */
export type DebugTypes = Pick<
	TypeSource,
	"struct" | "members" | "enum" | "enumerators" | "typedef"
>;

export interface DebugInfo {
	readonly types: DebugTypes;
	/** The function that starts at an address, as linked. */
	functionAt(address: number): FunctionSignature | undefined;
	/** Address, as linked, of the code of a source line. `file` is a name, or the last part of a path; column 0 is any. */
	addressOfLine(file: string, line: number, column: number): number | undefined;
}
