// What the checker asks of the outside: the machine's probes and types, the script's C, the command line. All injected.
import type { ProbeEnvironment } from "../probes/definition.ts";
import type { CLibrary } from "../types/c-library.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { Type } from "../types/types.ts";

/** A `#define` or enum constant of the script's C: a value clang could compute, or text to be read as an expression. */
export type CMacro =
	| { readonly kind: "integer"; readonly value: bigint; readonly type: Type }
	| { readonly kind: "string"; readonly value: string }
	| { readonly kind: "expression"; readonly text: string };

export interface CompileEnvironment {
	readonly probes: ProbeEnvironment;
	/** The script's own C first, then the kernel's BTF. */
	readonly types: TypeSource;
	readonly macros: ReadonlyMap<string, CMacro>;
	/** C libraries that the script imports. */
	readonly libraries?: readonly CLibrary[];
	/** Headers of the script that are not on this machine: `<net/sock.h>`. Their types come from BTF, their macros can't. */
	readonly missingIncludes: readonly string[];
	/** `$1`, `$2` … */
	readonly parameters: readonly string[];
	/** Values of the script's own options, given or default, by each of their names; operands by `<name>`. */
	readonly named: ReadonlyMap<string, bigint | string | boolean>;
	readonly unsafe: boolean;
	/** `-c`: the run starts a process. */
	readonly startsProcess?: boolean;
	/** `-c`, `-p` or `--dwarf-pid`: it is known which processes the run is about. */
	readonly hasTargets?: boolean;
	/** `-k`: failures of kernel helpers are counted, each at its place. */
	readonly helperErrors?: boolean;
	/** `--probe-filter`: only probes whose full names it matches. */
	readonly probeFilter?: RegExp | undefined;
	/** Environment variables, for `KASK_X` and `BPFTRACE_X`. */
	readonly variables: Readonly<Record<string, string | undefined>>;
	/** Bytes of memory of the machine, for the default size of the ring buffer. */
	readonly memoryBytes: number;
}
