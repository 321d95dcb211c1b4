// C libraries that a script imports: compiled, and read for what they offer. A `.bpf.o` is compiled already.
import {
	existsSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileLibrary } from "../../runtime/c-library/compile.ts";
import { linkObjects } from "../../runtime/c-library/link.ts";
import type { ClangMessage } from "../../runtime/c-types/clang-messages.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import { Source, type Span } from "../base/source.ts";
import {
	type CLibrary,
	type CompiledLibrary,
	namesOffered,
	readCLibrary,
} from "../types/c-library.ts";
import type { CompileRequest } from "./compile.ts";
import { addFailure } from "./report.ts";

export interface LibraryFile {
	/** Absolute path. */
	readonly path: string;
	/** Where it is imported. */
	readonly span: Span;
}

/** What can be read of them; the rest is reported. */
export function readLibraries(
	files: readonly LibraryFile[],
	request: CompileRequest,
): readonly CLibrary[] {
	const compiled = files.flatMap((file) => compiledLibrary(file, request));
	const names = new Set(
		compiled.flatMap(({ object }) => [...(namesOffered(object) ?? [])]),
	);
	return compiled.flatMap((one) => readCLibrary(one, names) ?? []);
}

/** At most one; none where there is nothing to call in it. */
function compiledLibrary(
	file: LibraryFile,
	request: CompileRequest,
): readonly CompiledLibrary[] {
	const { path, span } = file;
	if (!path.endsWith(".o"))
		return inFolder((folder) => compile(file, folder, request));
	const one = { path, object: readFileSync(path), kernelHeader: "" };
	const names = namesOffered(one.object);
	if (names && readCLibrary(one, names)) return [one];
	request.diagnostics.report("E0608", { path }, { span });
	return [];
}

function compile(
	{ path, span }: LibraryFile,
	folder: string,
	{ diagnostics, options, probes }: CompileRequest,
): readonly CompiledLibrary[] {
	const result = compileLibrary({
		path,
		includeDirectories: options.includeDirs,
		kernel: probes.kernelTypes,
		folder,
	});
	if (result.ok) return [{ path, ...result }];
	const { missing, errors, said } = result;
	if (missing !== undefined)
		diagnostics.report("E0601", { path: missing }, { span });
	else if (errors.length === 0)
		diagnostics.report("E0606", { message: said }, { span });
	for (const { text, ...at } of errors) {
		const help = helpFor(text, at.file.startsWith(folder));
		const notes = [{ text: "imported", span }];
		const options = { span: placeOf(at, folder) ?? span, help, notes };
		diagnostics.report("E0606", { message: text }, options);
	}
	return [];
}

function helpFor(message: string, ofOurHeader: boolean): string | undefined {
	if (ofOurHeader)
		return "vmlinux.h has all types of the kernel: include no header that has some of them, too";
	return /'bpf\/[\w.]+\.h' file not found/.test(message)
		? "install libbpf's headers, for example with apt-get install libbpf-dev"
		: undefined;
}

/** The word that clang's message is about; undefined for what stands in no file of the user's. */
function placeOf(
	{ file, line, column }: Pick<ClangMessage, "file" | "line" | "column">,
	folder: string,
): Span | undefined {
	if (file.startsWith(folder) || !existsSync(file)) return undefined;
	const source = new Source(file, readFileSync(file, "utf8"));
	const start = (source.lineStarts[line - 1] ?? 0) + column - 1;
	const word = /^\w+/.exec(source.text.slice(start));
	return { source, start, end: start + (word?.[0].length ?? 1) };
}

/** The script's object with all libraries in it; undefined, with a report, where they do not go together. */
export function linked(
	object: Uint8Array,
	libraries: readonly CLibrary[],
	{ diagnostics }: Pick<CompileRequest, "diagnostics">,
): Uint8Array | undefined {
	if (libraries.length === 0) return object;
	const objects = [
		{ name: "the script", bytes: object },
		...libraries.map(({ path, object: bytes }) => ({ name: path, bytes })),
	];
	const result = inFolder((folder) => linkObjects(koffiFfi, objects, folder));
	if (result.ok) return result.value;
	addFailure(diagnostics, result.failure);
	return undefined;
}

const folderName = "kask-library-";
/** ms after which nobody uses a folder any more. */
const ABANDONED_MS = 600_000;

/** A folder that is there for as long as `use` takes. */
function inFolder<T>(use: (folder: string) => T): T {
	removeAbandoned();
	const folder = mkdtempSync(join(tmpdir(), folderName));
	try {
		return use(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/** Those of runs that were killed meanwhile, as far as they are ours. */
function removeAbandoned(): void {
	const old = Date.now() - ABANDONED_MS;
	for (const name of readdirSync(tmpdir())) {
		if (!name.startsWith(folderName)) continue;
		const folder = join(tmpdir(), name);
		const found = statSync(folder, { throwIfNoEntry: false });
		if (found?.uid === process.getuid?.() && found && found.mtimeMs < old)
			rmSync(folder, { recursive: true, force: true });
	}
}
