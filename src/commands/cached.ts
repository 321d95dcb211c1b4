// The compile cache around the compiler: a hit needs neither parser nor clang, which are only loaded after a miss.

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
import type { Plan } from "../plan.ts";
import type { CompileRequest } from "./compile.ts";
import { templateDirectory } from "./install.ts";
import { addFailure } from "./report.ts";

/** The compiled script, from the cache or anew; undefined after errors. */
export async function compileCached(
	request: CompileRequest,
): Promise<CompiledScript | undefined> {
	const cache = openCache(request);
	if (!cache) return compile(request);
	const key = keyOf(request);
	const known = cache.lookup(key);
	if (known) return known;
	const compiled = await compile(request);
	// Warnings belong to every run, so only scripts without any are kept.
	if (compiled && request.diagnostics.all.length === 0) {
		cache.store(key, {
			...compiled,
			dependencies: dependenciesOf(compiled.plan, request.probes.consulted),
		});
	}
	return compiled;
}

async function compile(
	request: CompileRequest,
): Promise<CompiledScript | undefined> {
	// First of all: while clang starts, which takes most of its time, there is enough to do until it can have its text.
	const clang = startClang({ includeDirs: [templateDirectory()] });
	try {
		const { compileToC, compileToObject } = await import("./compile.ts");
		const emitted = compileToC(request);
		return emitted && compileToObject(emitted, request.diagnostics, clang);
	} finally {
		clang.close();
	}
}

/** Scripts that read files of their own when compiling are compiled each time. */
const readsFiles = /^\s*#\s*include\s*"|\bimport\s*"/m;

/** BPF programs that run, and their ids, change from run to run. */
const namesPrograms = /:bpf:/;

function openCache({
	options,
	source,
	diagnostics,
}: CompileRequest): CompileCache | undefined {
	const own =
		readsFiles.test(source.text) ||
		namesPrograms.test(source.text) ||
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
	consulted: ReadonlySet<string>,
): readonly Dependency[] {
	const paths = plan.attach.flatMap(({ target }) =>
		target.kind === "uprobe" ? [target.path] : [],
	);
	return [...new Set([...paths, ...consulted])].map(noteDependency);
}
