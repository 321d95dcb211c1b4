// The compiler's pipeline: text → AST → typed program → C and Plan → BPF object. Diagnostics go into one bag.
import { totalmem } from "node:os";
import { dirname } from "node:path";
import type { Script } from "../../grammar/ast.ts";
import { parseScript } from "../../grammar/parse.ts";
import {
	type CTypesResult,
	loadCTypes,
	notFound,
} from "../../runtime/c-types/load.ts";
import { type Clang, startClang } from "../../runtime/clang.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import type { Source } from "../base/source.ts";
import { type Emitted, emit } from "../codegen/emit.ts";
import type { Plan } from "../plan.ts";
import type { ProbeEnvironment } from "../probes/definition.ts";
import { type CheckedScript, checkScript } from "../semantic/check-script.ts";
import type { CompileEnvironment } from "../semantic/environment.ts";
import { bareWords } from "../semantic/mentions.ts";
import type { CLibrary } from "../types/c-library.ts";
import { isKernelHeader } from "../types/kernel-headers.ts";
import { layeredTypeSource } from "../types/layered-source.ts";
import { noTypes } from "../types/no-types.ts";
import type { TypeSource } from "../types/type-source.ts";
import { linked, readLibraries } from "./c-libraries.ts";
import { CPlaces } from "./c-places.ts";
import { withImports } from "./imports.ts";
import { templateDirectory } from "./install.ts";
import type { Options } from "./options.ts";
import { readScriptParameters } from "./parameters.ts";
import { typesWritten } from "./types-written.ts";

export interface CompileRequest {
	readonly source: Source;
	/** What came after the script on the command line. */
	readonly parameters: readonly string[];
	readonly options: Options;
	readonly probes: ProbeEnvironment;
	readonly diagnostics: Diagnostics;
	/** Takes the paths of the files that the script imports. */
	readonly imported?: Set<string>;
}

/** Parses and checks; undefined after errors. */
export function check(
	request: CompileRequest,
	written: Script,
): CheckedScript | undefined {
	const { diagnostics, options, probes } = request;
	const { script, headers, libraries, files } = withImports(
		written,
		diagnostics,
	);
	for (const file of files) request.imported?.add(file);
	if (diagnostics.hasErrors) return undefined;
	const parameters = readScriptParameters(
		script,
		request.parameters,
		diagnostics,
	);
	if (!parameters) return undefined;
	const c = readC(request, script, headers);
	if (!c) return undefined;
	const read = readLibraries(libraries, request);
	if (diagnostics.hasErrors) return undefined;
	const environment: CompileEnvironment = {
		probes,
		types: withTypes(c.types, read),
		libraries: read,
		macros: c.values,
		missingIncludes: [...new Set(c.missingIncludes.map((m) => m.include))],
		parameters: parameters.positional,
		named: parameters.named,
		unsafe: options.unsafe,
		startsProcess: options.cmd !== undefined,
		hasTargets: hasTargets(options),
		helperErrors: options.helperErrors,
		probeFilter: options.probeFilter,
		variables: process.env,
		memoryBytes: totalmem(),
	};
	return checkScript(script, environment, diagnostics);
}

/** Types of libraries come last: what they have from vmlinux.h need not be as the kernel has it. */
function withTypes(
	types: TypeSource,
	libraries: readonly CLibrary[],
): TypeSource {
	return libraries.length === 0
		? types
		: layeredTypeSource([types, ...libraries.map((l) => l.types)]);
}

/** The command line says which processes the run is about. */
export function hasTargets({ cmd, pid, dwarfPids }: Options): boolean {
	return cmd !== undefined || pid !== undefined || dwarfPids.length > 0;
}

export function parse(request: CompileRequest): Script | undefined {
	const script = parseScript(request.source, request.diagnostics);
	return request.diagnostics.hasErrors ? undefined : script;
}

/** The whole way to C and Plan. */
export function compileToC(request: CompileRequest): Emitted | undefined {
	const script = parse(request);
	const checked = script && check(request, script);
	return checked && emit(checked.script, checked.types);
}

export interface CompiledC {
	readonly plan: Plan;
	readonly object: Uint8Array;
}

/** C to a BPF object; what clang says against our own C is a bug of ours. */
export function compileToObject(
	emitted: Emitted,
	diagnostics: Diagnostics,
	clang?: Clang,
): CompiledC | undefined {
	const compiled = compileEmitted(emitted, diagnostics, clang);
	return compiled && { plan: compiled.emitted.plan, object: compiled.object };
}

/** The same, with the C that it came to: the first may take more of the stack than there is. */
export function compileEmitted(
	emitted: Emitted,
	diagnostics: Diagnostics,
	clang = startClang({ includeDirs: [templateDirectory()] }),
): { readonly emitted: Emitted; readonly object: Uint8Array } | undefined {
	const result = clang.compile(emitted.c);
	if (result.ok) {
		const object = linked(result.object, emitted.libraries, { diagnostics });
		return object && { emitted, object };
	}
	if (/BPF stack limit/.test(result.errors) && emitted.withLessStack)
		return compileEmitted(emitted.withLessStack(), diagnostics, clang);
	if (result.missing) diagnostics.report("E0601", { path: result.missing });
	else diagnostics.report("E0904", { message: result.errors });
	return undefined;
}

/** What the script itself brings as C. Nothing is run when there is nothing. */
type ScriptC = Pick<CTypesResult, "types" | "values" | "missingIncludes">;

function readC(
	request: CompileRequest,
	script: Script,
	headers: readonly string[],
): ScriptC | undefined {
	const { options, probes, diagnostics, source } = request;
	const pieces = script.items.filter(
		(item) => item.kind === "preprocessor" || item.kind === "c-definition",
	);
	const includeFiles = [...options.includes, ...headers];
	if (pieces.length === 0 && includeFiles.length === 0) {
		return {
			types: lazyTypes(probes),
			values: new Map(),
			missingIncludes: [],
		};
	}
	const kernel = probes.kernelTypes;
	const places = new CPlaces();
	const result = loadCTypes({
		definitions: [
			...(kernel ? [btfMark] : []),
			...pieces.map((item) => ({
				// bpftrace wants no semicolon after a definition, C does.
				text: item.kind === "c-definition" ? `${item.text};` : item.text,
				...places.of(item.span),
			})),
		],
		identifiers: bareWords(script.items),
		typeNames: typesWritten(script),
		includeDirectories: options.includeDirs,
		includeFiles,
		directory: dirname(source.name),
		...(kernel ? { kernel } : {}),
	});
	reportC(result, places, diagnostics);
	reportHeaders(result, places, request);
	return diagnostics.hasErrors ? undefined : result;
}

function reportC(
	result: CTypesResult,
	places: CPlaces,
	diagnostics: Diagnostics,
): void {
	if (result.clangMissing !== undefined)
		diagnostics.report("E0601", { path: result.clangMissing });
	for (const { line, column, text } of result.errors) {
		const span = places.find(line, column);
		diagnostics.report("E0244", { message: text }, { span });
	}
}

/** A header that is not there is missed unless the kernel's own types stand for it. */
function reportHeaders(
	{ missingIncludes }: CTypesResult,
	places: CPlaces,
	{ probes, diagnostics }: CompileRequest,
): void {
	for (const { include, line, reason } of missingIncludes) {
		if (reason !== notFound) continue;
		if (probes.kernelTypes && isKernelHeader(include)) continue;
		const span = line > 0 ? places.findText(line, include) : undefined;
		diagnostics.report("E0605", { include }, { span });
	}
}

/** Scripts ask by this macro whether they need to bring kernel types themselves. */
const btfMark = { text: "#define BPFTRACE_HAVE_BTF 1", line: 1 };

/** Kernel BTF is opened at the first question only. */
function lazyTypes(probes: ProbeEnvironment): CTypesResult["types"] {
	const get = () => probes.kernelTypes ?? noTypes;
	return {
		struct: (kind, name) => get().struct(kind, name),
		members: (type) => get().members(type),
		enum: (name) => get().enum(name),
		enumerators: (type) => get().enumerators(type),
		typedef: (name) => get().typedef(name),
		constant: (name) => get().constant(name),
		names: (kind) => get().names(kind),
	};
}
