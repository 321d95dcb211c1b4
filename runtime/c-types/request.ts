// What is asked of a script's C, and what comes back.
import type { TypeSource } from "../../src/types/type-source.ts";
import type { Type } from "../../src/types/types.ts";

/** A piece of C as it stands in the script: a directive, or a definition with its semicolon. */
export interface CDefinition {
	readonly text: string;
	/** 1-based place of its first character. */
	readonly line: number;
	readonly column?: number;
}

export interface CTypesRequest {
	readonly definitions: readonly CDefinition[];
	/** Names whose value is wanted, if they are macros or enum constants of the C. */
	readonly identifiers: readonly string[];
	/** Types the script uses, as C writes them: `struct sock`, `union u`, `enum e`, `pid_t`. */
	readonly typeNames: readonly string[];
	/** `-I`: searched before the system's headers. */
	readonly includeDirectories?: readonly string[];
	/** `--include`: read before everything else. */
	readonly includeFiles?: readonly string[];
	/** The script's own directory, for `#include "…"`. */
	readonly directory?: string;
	/** The kernel's types: they stand in for headers that are not there, and win over those that are, but the user's own. */
	readonly kernel?: TypeSource;
	/** clang's path or name. */
	readonly clang?: string;
	/** Kernel headers; looked for at the running kernel's place when undefined, none when null. */
	readonly kernelHeaders?: KernelHeaders | null;
}

export interface KernelHeaders {
	readonly source: string;
	readonly build: string;
}

/** A macro or constant of the script's C. */
export type CValue =
	| { readonly kind: "integer"; readonly value: bigint; readonly type: Type }
	| { readonly kind: "string"; readonly value: string }
	/** Not a constant of C; the text after full expansion, to be read as the script's language. */
	| { readonly kind: "expression"; readonly text: string };

export interface CError {
	/** 1-based place in the script; line 0 for what does not come from it. */
	readonly line: number;
	readonly column: number;
	readonly text: string;
}

export interface MissingInclude {
	/** With its brackets or quotes: `<net/sock.h>`. */
	readonly include: string;
	/** 0 for `--include`. */
	readonly line: number;
	/** "not found", or what clang said inside of it. */
	readonly reason: string;
}

export interface CTypesResult {
	/** The script's definitions and those of the user's headers, then the kernel's types, then what other headers define. */
	readonly types: TypeSource;
	readonly values: ReadonlyMap<string, CValue>;
	/** Empty when all went well; otherwise `types` holds the kernel's only. */
	readonly errors: readonly CError[];
	readonly missingIncludes: readonly MissingInclude[];
	/** Set when clang could not be started at all. */
	readonly clangMissing?: string;
}
