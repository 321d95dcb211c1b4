// The running kernel's types: /sys/kernel/btf/vmlinux, and one file per module on top of it. Read when first asked for.
import { readdirSync } from "node:fs";
import { type BtfData, openBtf } from "../../src/types/btf-data.ts";
import { btfSource } from "../../src/types/btf-reader.ts";
import { layeredKernelSource } from "../../src/types/layered-source.ts";
import type {
	FunctionSignature,
	KernelTypeSource,
} from "../../src/types/type-source.ts";
import { koffiFfi } from "../ffi/koffi.ts";
import { readLargeFile } from "../ffi/read-file.ts";

const directory = "/sys/kernel/btf";
export const kernelBtfPath = `${directory}/vmlinux`;

export interface KernelBtf {
	/** vmlinux and, where it does not know a function, struct or tracepoint, the modules. */
	readonly types: KernelTypeSource;
	/** Names of loaded modules that have BTF. */
	modules(): readonly string[];
	/** One module's types over vmlinux; "vmlinux" for the kernel itself. */
	module(name: string): KernelTypeSource | undefined;
}

export type KernelBtfResult =
	| { readonly ok: true; readonly value: KernelBtf }
	| { readonly ok: false; readonly path: string; readonly reason: string };

/**
 * Opens the kernel's BTF; `BPFTRACE_BTF` names another file (whose modules are unknown). Fails where the kernel was
 * built without BTF, or the file can't be read.
 */
export function openKernelBtf(
	environment: NodeJS.ProcessEnv = process.env,
): KernelBtfResult {
	const override = otherBtf(environment);
	const path = override ?? kernelBtfPath;
	const read = readBtf(path);
	if (!read.ok) return { ok: false, path, reason: read.reason };
	return { ok: true, value: layerModules(read.btf, override === undefined) };
}

/** The file that is read instead of the running kernel's BTF. */
export function otherBtf(environment: NodeJS.ProcessEnv): string | undefined {
	return environment.KASK_BTF ?? environment.BPFTRACE_BTF;
}

function readBtf(path: string, base?: BtfData): ReturnType<typeof openBtf> {
	try {
		return openBtf(readLargeFile(koffiFfi, path), base);
	} catch (error) {
		return {
			ok: false,
			reason: error instanceof Error ? error.message : String(error),
		};
	}
}

function layerModules(vmlinux: BtfData, running: boolean): KernelBtf {
	const kernel = btfSource(vmlinux, { origin: "kernel" });
	const opened = new Map<string, KernelTypeSource | undefined>();
	let names: readonly string[] | undefined;
	const modules = (): readonly string[] => {
		names ??= running ? moduleNames() : [];
		return names;
	};
	const module = (name: string): KernelTypeSource | undefined => {
		if (name === "vmlinux") return kernel;
		if (!modules().includes(name)) return undefined;
		if (!opened.has(name)) {
			const read = readBtf(`${directory}/${name}`, vmlinux);
			const options = { origin: "kernel", module: name };
			opened.set(name, read.ok ? btfSource(read.btf, options) : undefined);
		}
		return opened.get(name);
	};
	return { types: withModules(kernel, modules, module), modules, module };
}

function moduleNames(): readonly string[] {
	try {
		return readdirSync(directory).filter((name) => name !== "vmlinux");
	} catch {
		return [];
	}
}

/** vmlinux answers first; modules are read only for a name that it does not know. */
function withModules(
	kernel: KernelTypeSource,
	modules: () => readonly string[],
	module: (name: string) => KernelTypeSource | undefined,
): KernelTypeSource {
	let layered: KernelTypeSource | undefined;
	const all = (): KernelTypeSource => {
		layered ??= layeredKernelSource([
			kernel,
			...modules().flatMap((name) => module(name) ?? []),
		]);
		return layered;
	};
	const ask = <T>(
		get: (source: KernelTypeSource) => T | undefined,
	): T | undefined => get(kernel) ?? get(all());
	const list = <T>(
		get: (source: KernelTypeSource) => readonly T[],
	): readonly T[] => {
		const known = get(kernel);
		return known.length > 0 ? known : get(all());
	};
	const func = (name: string, of?: string): FunctionSignature | undefined =>
		of === undefined ? ask((s) => s.func(name)) : module(of)?.func(name, of);
	return {
		struct: (kind, name) => ask((s) => s.struct(kind, name)),
		members: (type) => list((s) => s.members(type)),
		enum: (name) => ask((s) => s.enum(name)),
		enumerators: (type) => list((s) => s.enumerators(type)),
		typedef: (name) => ask((s) => s.typedef(name)),
		constant: (name) => ask((s) => s.constant(name)),
		names: (kind) => all().names(kind),
		func,
		functionNames: () => all().functionNames(),
		trampolineNames: () => all().trampolineNames(),
		rawTracepoint: (name) => ask((s) => s.rawTracepoint(name)),
		definition: (kind, name) => ask((s) => s.definition(kind, name)),
		header: (words) => kernel.header(words),
		typeId: (kind, name) => kernel.typeId(kind, name),
		variable: (name) => ask((s) => s.variable(name)),
	};
}
