// The configuration variables, one row each.
import { gplLicenses } from "../base/licenses.ts";
import { stackModes } from "../base/stack-modes.ts";

type Kind = "bool" | "uint" | "string" | readonly string[];

export interface ConfigRow {
	readonly name: string;
	readonly kind: Kind;
	/** Other words for some of its choices. */
	readonly words?: Readonly<Record<string, string>>;
	readonly initial: string;
	/** Smallest value of a number. */
	readonly least?: number;
	/** For `kask help NAME` and docs/language.md; what has none is for tests. */
	readonly about?: string;
}

const unstable = ["error", "warn", "enable"];
/** Choices by other words. */
const yesOrNo = { "1": "enable", true: "enable", "0": "error", false: "error" };

/** What bpftrace called them before; `not`: what they say is the contrary. */
export const renamed: ReadonlyMap<
	string,
	{ readonly now: string; readonly not?: true }
> = new Map([
	["cat_bytes_max", { now: "max_cat_bytes" }],
	["map_keys_max", { now: "max_map_keys" }],
	["no_cpp_demangle", { now: "cpp_demangle", not: true }],
	["strlen", { now: "max_strlen" }],
]);

/** What bpftrace had once. */
export const withoutEffect: ReadonlySet<string> = new Set([
	"max_type_res_iterations",
	"symbol_source",
	"unstable_addr",
]);

export const configTable: readonly ConfigRow[] = [
	{
		name: "cache_user_symbols",
		about:
			"how long names of programs are kept: `PER_PID`, `PER_PROGRAM`, `NONE`",
		kind: ["PER_PROGRAM", "PER_PID", "NONE"],
		words: { "0": "NONE", "1": "PER_PID" },
		initial: "PER_PID",
	},
	{
		name: "cpp_demangle",
		about: "C++ names as in the source",
		kind: "bool",
		initial: "true",
	},
	// For tests of what goes by the clock: a scalar map that tells the time instead, in ns.
	{ name: "dummy_ts_map", kind: "string", initial: "" },
	{
		name: "lazy_symbolication",
		about: "look names up when they are printed, not before",
		kind: "bool",
		initial: "false",
	},
	{
		name: "license",
		about: "told to the kernel, which keeps some helpers for GPL programs",
		kind: gplLicenses,
		initial: "GPL",
	},
	{
		name: "log_size",
		about: "bytes for the verifier's log",
		kind: "uint",
		initial: "1000000",
	},
	{
		name: "max_ast_nodes",
		about:
			"taken and not needed: the size of a script is limited by the verifier alone",
		kind: "uint",
		initial: "0",
	},
	{
		name: "max_bpf_progs",
		about: "programs that one script may become",
		kind: "uint",
		initial: "1024",
		least: 1,
	},
	{
		name: "max_cat_bytes",
		about: "bytes of a file that `cat` prints",
		kind: "uint",
		initial: "10240",
	},
	{
		name: "max_map_keys",
		about:
			"keys that each map has room for, unless it is declared with another number",
		kind: "uint",
		initial: "4096",
		least: 1,
	},
	{
		name: "max_probes",
		about:
			"events that one script may attach to; functions taken in one go count as 1",
		kind: "uint",
		initial: "1024",
		least: 1,
	},
	{
		name: "max_strlen",
		about: "bytes of a text",
		kind: "uint",
		initial: "1024",
		least: 1,
	},
	{
		name: "missing_probes",
		about: "an event that is not there: `error`, `warn` or `ignore`",
		kind: ["error", "warn", "ignore"],
		initial: "error",
	},
	{
		name: "on_stack_limit",
		about:
			"values of at most so many bytes stand on the 512 bytes of the kernel's stack",
		kind: "uint",
		initial: "32",
	},
	{
		name: "perf_rb_pages",
		about:
			"size of the buffer for output, in pages of 4096 bytes; 0: by memory",
		kind: "uint",
		initial: "0",
	},
	{
		name: "print_maps_on_exit",
		about: "whether maps are printed at the end",
		kind: "bool",
		initial: "true",
	},
	{
		name: "show_debug_info",
		about: "file and line in stacks, where known",
		kind: "bool",
		initial: "true",
	},
	{
		name: "stack_mode",
		about: "how stacks are printed: see `kstack`",
		kind: stackModes,
		initial: "bpftrace",
	},
	{
		name: "str_trunc_trailer",
		about: "what follows a text that was cut",
		kind: "string",
		initial: "..",
	},
	{
		name: "use_blazesym",
		about: "taken and not needed: kask reads symbols itself",
		kind: "bool",
		initial: "true",
	},
	{
		name: "unstable_dw_ustack",
		about:
			"`enable`, `warn` or `error`: for scripts that must run with bpftrace, too",
		kind: unstable,
		words: yesOrNo,
		initial: "warn",
	},
	{
		name: "unstable_import",
		about:
			"`enable`, `warn` or `error`: for scripts that must run with bpftrace, too",
		kind: unstable,
		words: yesOrNo,
		initial: "enable",
	},
	{
		name: "unstable_macro",
		about:
			"`enable`, `warn` or `error`: for scripts that must run with bpftrace, too",
		kind: unstable,
		words: yesOrNo,
		initial: "enable",
	},
	{
		name: "unstable_map_decl",
		about:
			"`enable`, `warn` or `error`: for scripts that must run with bpftrace, too",
		kind: unstable,
		words: yesOrNo,
		initial: "enable",
	},
	{
		name: "unstable_tseries",
		about:
			"`enable`, `warn` or `error`: for scripts that must run with bpftrace, too",
		kind: unstable,
		words: yesOrNo,
		initial: "enable",
	},
	{
		name: "unstable_typeinfo",
		about:
			"`enable`, `warn` or `error`: for scripts that must run with bpftrace, too",
		kind: unstable,
		words: yesOrNo,
		initial: "enable",
	},
	{
		name: "verify_llvm_ir",
		about: "taken and not needed: there is none",
		kind: "bool",
		initial: "false",
	},
];
