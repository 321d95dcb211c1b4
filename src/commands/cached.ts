// The compile cache around the compiler: a hit needs neither parser nor clang, which are only loaded after a miss.
import { readFileSync } from "node:fs";
import {
	type CompileCache,
	openCompileCache,
} from "../../runtime/cache/compile-cache.ts";
import {
	type Dependency,
	noteDependency,
	stampFile,
} from "../../runtime/cache/dependencies.ts";
import type { CompiledScript } from "../../runtime/cache/entry.ts";
import { cacheKey } from "../../runtime/cache/key.ts";
import { startClang } from "../../runtime/clang.ts";
import { otherBtf } from "../../runtime/machine/kernel-btf.ts";
import type { Plan } from "../plan.ts";
import type { KernelTypeSource } from "../types/type-source.ts";
import type { CompileRequest } from "./compile.ts";
import { templateDirectory } from "./install.ts";
import { addFailure } from "./report.ts";

/** The compiled script, from the cache or anew; undefined after errors. `meanwhile` is what there is to do while clang works. */
export async function compileCached(
	request: CompileRequest,
	meanwhile: () => Promise<unknown>,
): Promise<CompiledScript | undefined> {
	const cache = openCache(request);
	if (!cache) return compile(request, meanwhile);
	const key = keyOf(request);
	const known = cache.lookup(key);
	if (known) return known;
	const imported = new Set<string>();
	const compiled = await compile({ ...request, imported }, meanwhile);
	// Warnings belong to every run, so only scripts without any are kept.
	const keeps =
		request.diagnostics.all.length === 0 &&
		[...imported].every((file) => !changesUnseen(readFileSync(file, "utf8")));
	if (compiled && keeps) {
		const files = [...request.probes.consulted, ...imported];
		const dependencies = dependenciesOf(compiled.plan, files);
		cache.store(key, { ...compiled, dependencies });
	}
	return compiled;
}

async function compile(
	request: CompileRequest,
	meanwhile: () => Promise<unknown>,
): Promise<CompiledScript | undefined> {
	// First of all: while clang starts, which takes most of its time, there is enough to do until it can have its text.
	const clang = startClang({ includeDirs: [templateDirectory()] });
	try {
		const { compileToC, compileToObject } = await import("./compile.ts");
		const emitted = compileToC(request);
		if (!emitted) return undefined;
		clang.send(emitted.c);
		await meanwhile();
		const types = emitted.usesKernelStructs
			? ownKernelTypes(request)
			: undefined;
		const compiled = compileToObject(emitted, request.diagnostics, clang);
		if (!compiled || !types) return compiled;
		const { relocate } = await import("../../runtime/relocate/relocate.ts");
		return { ...compiled, object: relocate(compiled.object, types) };
	} finally {
		clang.close();
	}
}

/** Read while clang works; not where the types of another kernel stand for this one's. */
function ownKernelTypes({
	probes,
}: CompileRequest): KernelTypeSource | undefined {
	return otherBtf(process.env) === undefined ? probes.kernelTypes : undefined;
}

/** C files and folders, of which it is not known what they bring in; other scripts are. */
const readsFiles = /^\s*#\s*include\s*"|\bimport\s*"(?![^"]*\.bt")/m;

/** BPF programs that run, and their ids, change from run to run. */
const namesPrograms = /:bpf:/;

/** Such scripts are compiled each time. */
const changesUnseen = (text: string): boolean =>
	readsFiles.test(text) || namesPrograms.test(text);

function openCache({
	options,
	source,
	diagnostics,
}: CompileRequest): CompileCache | undefined {
	const own =
		changesUnseen(source.text) ||
		options.includes.length > 0 ||
		options.traceableFunctions !== undefined ||
		options.includeDirs.length > 0;
	if (!options.cache || own) return undefined;
	const { cache, warning } = openCompileCache({
		env: process.env,
		uid: process.geteuid?.() ?? -1,
	});
	if (warning) addFailure(diagnostics, warning);
	return cache;
}

function keyOf({ options, source, parameters }: CompileRequest): string {
	return cacheKey({
		script: source.text,
		scriptName: source.name,
		parameters,
		options: {
			unsafe: options.unsafe,
			helperErrors: options.helperErrors,
			filter: options.probeFilter?.source ?? "",
			pid: options.pid ?? -1,
			command: options.cmd ?? "",
			unwinds: options.dwarfPids.length > 0,
			off: options.noFeatures,
			debugFolders: options.debugFolders,
		},
		env: process.env,
		folder: process.cwd(),
		clang: "clang",
		kask: stampFile(import.meta.filename) ?? "",
	});
}

/** Offsets of functions were looked up in the files that are probed. */
function dependenciesOf(
	plan: Plan,
	files: readonly string[],
): readonly Dependency[] {
	const paths = plan.attach.flatMap(({ target }) =>
		target.kind === "uprobe" ? [target.path] : [],
	);
	return [...new Set([...paths, ...files])].map(noteDependency);
}
