// Which kernel functions can be probed. BTF and kallsyms say so in a moment; `available_filter_functions` cannot be
// read on locked-down kernels and takes seconds on others, so it is not asked.

import type { KernelTypeSource } from "../../src/types/type-source.ts";
import { readLines } from "../read-lines.ts";
import type { Kallsyms } from "./kallsyms.ts";
import { loadedModules } from "./kernel-modules.ts";

export interface KernelFunctions {
	/** Functions that kprobes may take, of one module (`vmlinux` for the kernel itself) or of all; each name once. */
	names(module?: string): Iterable<string>;
	/** Modules that define a function; `vmlinux` for the kernel itself. Empty for an unknown name. */
	modulesOf(name: string): readonly string[];
	/** Loaded modules, `vmlinux` first. */
	modules(): readonly string[];
}

export interface KernelFunctionFiles {
	readonly blacklist: string;
	readonly modules: string;
}

const files: KernelFunctionFiles = {
	blacklist: "/sys/kernel/debug/kprobes/blacklist",
	modules: "/proc/modules",
};

/** `types` narrows the list to functions that BTF describes, which leaves out entry code in assembler. */
export function kernelFunctions(
	symbols: Kallsyms,
	types: KernelTypeSource | undefined,
	from: KernelFunctionFiles = files,
): KernelFunctions {
	let all: ReadonlyMap<string, readonly string[]> | undefined;
	let modules: readonly string[] | undefined;
	return {
		*names(module) {
			all ??= byModule(symbols, types, from);
			if (module !== undefined) {
				yield* all.get(module) ?? [];
				return;
			}
			const seen = new Set<string>();
			for (const name of [...all.values()].flat()) {
				if (!seen.has(name)) yield name;
				seen.add(name);
			}
		},
		modulesOf(name) {
			const found = symbols
				.find(name)
				.filter((i) => isCode(symbols, i))
				.map((i) => symbols.moduleAt(i) ?? "vmlinux");
			return [...new Set(found)];
		},
		modules() {
			modules ??= ["vmlinux", ...loadedModules(from.modules)];
			return modules;
		},
	};
}

/** The same, without what the list does not name. */
export function onlyListed(
	functions: KernelFunctions,
	listed: ReadonlySet<string>,
): KernelFunctions {
	return {
		*names(module) {
			for (const name of functions.names(module))
				if (listed.has(name)) yield name;
		},
		modulesOf: (name) => (listed.has(name) ? functions.modulesOf(name) : []),
		modules: () => functions.modules(),
	};
}

/** Addresses of all functions of that name, of one module or of all. None where the kernel hides addresses. */
export function functionAddresses(
	symbols: Kallsyms,
	name: string,
	module: string | undefined,
): readonly bigint[] {
	return symbols
		.find(name)
		.filter((i) => isCode(symbols, i))
		.filter((i) => module === undefined || symbols.moduleAt(i) === module)
		.flatMap((i) => symbols.addresses[i] || []);
}

function isCode(symbols: Kallsyms, index: number): boolean {
	return "tTwW".includes(symbols.typeAt(index));
}

/** Not functions, or parts of one: padding, control-flow checks, static calls, cold halves. */
const noFunction =
	/^(__pfx_|__cfi_|__SC[TK]__|__kstrtab|__crc_|\.L)|\.cold(\.\d+)?$|^__builtin/;

/**
 * Probing these brings a kernel down or to a stop, though it does not forbid it: they run within every event, or where
 * the CPU sleeps (kernel's selftests/bpf, kprobe_multi_test.c). A wildcard does not mean them; their full names do.
 */
const harmful =
	/^(rcu_|__ftrace_invalid_address__|(arch_cpu_idle|default_idle|bpf_dispatcher_xdp_func)$)/;

function byModule(
	symbols: Kallsyms,
	types: KernelTypeSource | undefined,
	from: KernelFunctionFiles,
): ReadonlyMap<string, readonly string[]> {
	const described = types ? new Set(types.functionNames()) : undefined;
	const forbidden = forbiddenNames(from.blacklist);
	const ranges = forbiddenRanges(symbols);
	const out = new Map<string, Set<string>>();
	for (let i = 0; i < symbols.count; i++) {
		if (!isCode(symbols, i)) continue;
		const name = symbols.nameAt(i);
		if (described && !isCompiled(name) && !described.has(name)) continue;
		if (noFunction.test(name) || harmful.test(name)) continue;
		if (forbidden.has(name)) continue;
		if (ranges.some((r) => i >= r.first && i < r.end)) continue;
		const module = symbols.moduleAt(i) ?? "vmlinux";
		const names = out.get(module) ?? new Set();
		out.set(module, names.add(name));
	}
	return new Map([...out].map(([module, names]) => [module, [...names]]));
}

/** `name.isra.0`: made by the compiler from a function of C. BTF often leaves out what it was made from. */
function isCompiled(name: string): boolean {
	return /\.(isra|constprop|part)\./.test(name);
}

/** Sections whose code must not be probed, by the symbols that the linker puts around them. */
const forbiddenSections = [
	["__entry_text_start", "__entry_text_end"],
	["__kprobes_text_start", "__kprobes_text_end"],
	["__noinstr_text_start", "__noinstr_text_end"],
	["_sinittext", "_einittext"],
] as const;

function forbiddenRanges(
	symbols: Kallsyms,
): { readonly first: number; readonly end: number }[] {
	if (symbols.hidden) return [];
	return forbiddenSections.flatMap(([from, to]) => {
		const first = symbols.find(from)[0];
		const end = symbols.find(to)[0];
		return first === undefined || end === undefined ? [] : [{ first, end }];
	});
}

/** Lines are `0xSTART-0xEND\tNAME`. Needs debugfs; without it the section ranges serve. */
function forbiddenNames(path: string): ReadonlySet<string> {
	const lines = readLines(path);
	return new Set(lines.map((line) => line.split("\t")[1] ?? ""));
}
