// What the checker asks of the outside: the machine's probes and types, the script's C, the command line. All injected.
import type { ProbeEnvironment } from "../probes/definition.ts";
import type { TypeSource } from "../types/type-source.ts";

/** A `#define` of the script: a value clang could compute, or text to be read as an expression. */
export type CMacro =
	| { readonly kind: "value"; readonly value: bigint | string }
	| { readonly kind: "expression"; readonly text: string };

export interface CompileEnvironment {
	readonly probes: ProbeEnvironment;
	/** The script's own C first, then the kernel's BTF. */
	readonly types: TypeSource;
	readonly macros: ReadonlyMap<string, CMacro>;
	/** `$1`, `$2` … */
	readonly parameters: readonly string[];
	/** `--name=value` after the script; true for a bare `--name`. */
	readonly named: ReadonlyMap<string, string | true>;
	readonly unsafe: boolean;
	/** Environment variables, for `KASK_X` and `BPFTRACE_X`. */
	readonly variables: Readonly<Record<string, string | undefined>>;
	/** Bytes of memory of the machine, for the default size of the ring buffer. */
	readonly memoryBytes: number;
}
