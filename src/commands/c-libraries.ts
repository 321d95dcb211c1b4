// C libraries that a script imports: compiled, and read for what they offer. A `.bpf.o` is compiled already.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { compileLibrary } from "../../runtime/c-library/compile.ts";
import { linkObjects } from "../../runtime/c-library/link.ts";
import type { ClangMessage } from "../../runtime/c-types/clang-messages.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";
import { Source, type Span } from "../base/source.ts";
import { type CLibrary, readCLibrary } from "../types/c-library.ts";
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
	return files.flatMap((file) => {
		const { path, span } = file;
		const object = path.endsWith(".o")
			? readFileSync(path)
			: compile(file, request);
		const library = object && readCLibrary(path, object);
		if (object && !library)
			request.diagnostics.report("E0608", { path }, { span });
		return library ? [library] : [];
	});
}

function compile(
	{ path, span }: LibraryFile,
	{ diagnostics, options, probes }: CompileRequest,
): Uint8Array | undefined {
	const result = inFolder((folder) =>
		compileLibrary({
			path,
			includeDirectories: options.includeDirs,
			kernel: probes.kernelTypes,
			folder,
		}),
	);
	if (result.ok) return result.object;
	const { missing, errors, said } = result;
	if (missing !== undefined)
		diagnostics.report("E0601", { path: missing }, { span });
	else if (errors.length === 0)
		diagnostics.report("E0606", { message: said }, { span });
	for (const { text, ...at } of errors)
		diagnostics.report(
			"E0606",
			{ message: text },
			{
				span: placeOf(at),
				help: helpFor(text),
				notes: [{ text: "imported", span }],
			},
		);
	return undefined;
}

function helpFor(message: string): string | undefined {
	return /'bpf\/\w+\.h' file not found/.test(message)
		? "install libbpf's headers, for example with apt-get install libbpf-dev"
		: undefined;
}

/** The word that clang's message is about. */
function placeOf({
	file,
	line,
	column,
}: Pick<ClangMessage, "file" | "line" | "column">): Span {
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

/** A folder that is there for as long as `use` takes. */
function inFolder<T>(use: (folder: string) => T): T {
	const folder = mkdtempSync(join(tmpdir(), "kask-library-"));
	try {
		return use(folder);
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}
