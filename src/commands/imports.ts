// `import "path";`: scripts become part of the script that imports them, C headers are read with its own C, and C
// libraries are linked to it.
import {
	existsSync,
	lstatSync,
	readdirSync,
	readFileSync,
	realpathSync,
} from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Import, Item, Script } from "../../grammar/ast.ts";
import { importsIn } from "../../grammar/imports-inside.ts";
import { parseScript } from "../../grammar/parse.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { Source } from "../base/source.ts";
import type { LibraryFile } from "./c-libraries.ts";
import { templateDirectory } from "./install.ts";

export interface Imported {
	/** The script with all that it imports, which comes first, so that its `begin` probes run first. */
	readonly script: Script;
	/** Absolute paths of C headers. */
	readonly headers: readonly string[];
	readonly libraries: readonly LibraryFile[];
	/** Absolute paths of all that was read. */
	readonly files: readonly string[];
}

/** The bit of a folder's mode that lets anybody put files there. */
const OTHERS_WRITE = 0o002;

/** bpftrace's own library: what scripts use of it is built into kask. */
const builtIn = /^stdlib(\/|$)/;

export function withImports(
	script: Script,
	diagnostics: Diagnostics,
): Imported {
	const headers: string[] = [];
	const libraries: LibraryFile[] = [];
	const seen = new Set<string>();
	const gather = (from: Script): Item[] =>
		from.items.flatMap((item) => {
			if (item.kind === "import") return [item, ...importItems(item)];
			for (const inside of importsIn(item)) importC(inside);
			return [item];
		});
	const importItems = (item: Import): Item[] => {
		const folder = dirname(item.span.source.name);
		return filesOf(item, folder, diagnostics).flatMap((path) => {
			const real = realpathSync(path);
			if (seen.has(real)) return [];
			seen.add(real);
			if (path.endsWith(".bt")) return gather(readScript(path, diagnostics));
			if (path.endsWith(".h")) headers.push(real);
			else libraries.push({ path: real, span: item.path.span });
			return [];
		});
	};
	// In a block, only what has no place of its own in the script.
	const importC = (item: Import): void => {
		const { span, value } = item.path;
		if (isC(value) || builtIn.test(value)) importItems(item);
		else
			diagnostics.report("E0603", { path: nameOf(item), why: onlyC }, { span });
	};
	const items = gather(script);
	return {
		script: { ...script, items: inOrder(items) },
		headers,
		libraries,
		files: [...seen],
	};
}

/** What the grammar wants first stays first, wherever it was imported. */
function inOrder(items: readonly Item[]): Item[] {
	const isC = (item: Item) =>
		item.kind === "preprocessor" || item.kind === "c-definition";
	return [...items.filter(isC), ...items.filter((item) => !isC(item))];
}

function readScript(path: string, diagnostics: Diagnostics): Script {
	const script = parseScript(
		new Source(path, readFileSync(path, "utf8")),
		diagnostics,
	);
	for (const item of script.items) {
		if (item.kind === "config")
			diagnostics.report("E0604", {}, { span: item.span });
	}
	return script;
}

/** The file, or all files of the folder that can be imported; reports where there is none. */
function filesOf(
	item: Import,
	folder: string,
	diagnostics: Diagnostics,
): string[] {
	const name = nameOf(item);
	if (builtIn.test(name)) return ownLibrary(name);
	const path = resolve(folder, name);
	const refuse = (why: string) => {
		diagnostics.report("E0603", { path: name, why }, { span: item.path.span });
		return [];
	};
	if (!existsSync(path)) return refuse(`there is no ${path}`);
	const whole = realpathSync(path);
	const directory = lstatSync(whole).isDirectory();
	const place = directory ? whole : dirname(whole);
	if ((lstatSync(place).mode & OTHERS_WRITE) !== 0)
		return refuse(`anybody can write to ${place}`);
	if (!directory)
		return canImport(whole)
			? [whole]
			: refuse(
					"only scripts (.bt), C headers (.h) and C libraries (.bpf.c, .bpf.o) can be imported",
				);
	const files = readdirSync(whole, { withFileTypes: true })
		.filter((entry) => canImport(entry.name) && !entry.isDirectory())
		.map(({ name }) => join(whole, name))
		.sort();
	return files.length > 0
		? files
		: refuse(
				"the folder holds no script (.bt), C header (.h) or C library (.bpf.c, .bpf.o)",
			);
}

/** Strings of scripts are bytes. */
function nameOf(item: Import): string {
	return Buffer.from(item.path.value, "latin1").toString("utf8");
}

function canImport(path: string): boolean {
	return path.endsWith(".bt") || isC(path);
}

function isC(path: string): boolean {
	return /\.(h|bpf\.c|bpf\.o)$/.test(path);
}

const onlyC =
	"in a block, C alone can be imported (.h, .bpf.c, .bpf.o); scripts and folders at the top";

/** What of it is C. */
function ownLibrary(name: string): string[] {
	const path = join(templateDirectory(), `${name}.bpf.c`);
	return /^stdlib\/\w+$/.test(name) && existsSync(path) ? [path] : [];
}
