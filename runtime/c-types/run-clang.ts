// Starting clang on a C text. The text goes in through standard input and the object comes back through standard
// output, so no file is written and no shell is involved.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { release } from "node:os";
import type { CTypesRequest, KernelHeaders } from "./request.ts";

export interface ClangRun {
	readonly ok: boolean;
	readonly output: Buffer;
	readonly stderr: string;
	/** Why clang did not start; undefined when it did. */
	readonly missing?: string;
}

const architectures: Readonly<
	Record<string, { readonly gnu: string; readonly kernel: string }>
> = {
	x64: { gnu: "x86_64", kernel: "x86" },
	arm64: { gnu: "aarch64", kernel: "arm64" },
};

export type ClangMode = "object" | "preprocess";

/**
 * Reads C for the eBPF target. With the kernel's own `headers` it is read as the machine's own code, whose assembler
 * they are full of, and only then made into an eBPF object.
 */
export function runClang(
	text: string,
	mode: ClangMode,
	request: CTypesRequest,
	headers: KernelHeaders | undefined,
): ClangRun {
	const flags = commonFlags(request, headers);
	if (mode === "preprocess")
		return start(request, ["-E", "-P", ...flags], text);
	if (!headers) return start(request, ["-c", "-g", ...flags], text);
	const run = start(request, ["-c", "-g", "-emit-llvm", ...flags], text);
	const back = [...target, "-c", "-x", "ir", "-w"];
	return run.ok ? start(request, back, run.output) : run;
}

const target = ["-target", "bpf"];

function start(
	request: CTypesRequest,
	flags: readonly string[],
	input: string | Buffer,
): ClangRun {
	return clangOn([...flags, "-o", "-", "-"], input, request.clang);
}

/** Runs clang to its end. */
export function clangOn(
	args: readonly string[],
	input: string | Buffer = "",
	clang = process.env.KASK_CLANG ?? "clang",
): ClangRun {
	const run = spawnSync(clang, args, { input, maxBuffer: 1 << 28 });
	const stderr = run.stderr?.toString("utf8") ?? "";
	// One that ends without reading its input sets `error` too, but has an id.
	if (run.error && run.pid === 0) {
		const output = Buffer.alloc(0);
		return { ok: false, output, stderr, missing: run.error.message };
	}
	return { ok: run.status === 0, output: run.stdout, stderr };
}

function commonFlags(
	request: CTypesRequest,
	headers: KernelHeaders | undefined,
): string[] {
	const flags = [...(headers ? [] : target), "-x", "c", "-std=gnu11", "-w"];
	flags.push("-fno-caret-diagnostics", "-fno-color-diagnostics");
	// Messages of one run are all answered at once.
	flags.push("-ferror-limit=0");
	if (request.directory) flags.push("-iquote", request.directory);
	for (const path of request.includeDirectories ?? []) flags.push("-I", path);
	if (headers) flags.push(...kernelFlags(headers, architecture().kernel));
	return [...flags, ...libcFlags()];
}

function architecture(): { readonly gnu: string; readonly kernel: string } {
	const { arch } = process;
	return architectures[arch] ?? { gnu: arch, kernel: arch };
}

/** How libc's headers are found and read: the architecture, which eBPF has not, decides it. */
export function libcFlags(): readonly string[] {
	const { gnu, kernel } = architecture();
	const multiarch = `/usr/include/${gnu}-linux-gnu`;
	return [
		`-D__${gnu}__`,
		`-D__TARGET_ARCH_${kernel}`,
		...(existsSync(multiarch) ? ["-idirafter", multiarch] : []),
	];
}

function kernelFlags({ source, build }: KernelHeaders, arch: string): string[] {
	const flags = [
		`${source}/arch/${arch}/include`,
		`${build}/arch/${arch}/include/generated`,
		`${source}/include`,
		`${build}/include`,
		`${source}/arch/${arch}/include/uapi`,
		`${build}/arch/${arch}/include/generated/uapi`,
		`${source}/include/uapi`,
		`${build}/include/generated/uapi`,
	].flatMap((path) => (existsSync(path) ? ["-isystem", path] : []));
	const config = `${source}/include/linux/kconfig.h`;
	if (existsSync(config)) flags.push("-include", config);
	return [...flags, "-D__KERNEL__", '-DKBUILD_MODNAME="kask"'];
}

/** Headers of the running kernel, as distributions install them. Debian keeps source and build apart. */
export function findKernelHeaders(
	kernelRelease: string = release(),
): KernelHeaders | undefined {
	const build = `/lib/modules/${kernelRelease}/build`;
	const source = `/lib/modules/${kernelRelease}/source`;
	if (!existsSync(build))
		return existsSync(source) ? { source, build: source } : undefined;
	return { source: existsSync(source) ? source : build, build };
}
