// The debug information of a program or library: its own, or that of the debug file that belongs to it.
import { openSync } from "node:fs";
import type { DebugInfo } from "../../src/types/debug-info.ts";
import type { FunctionSignature } from "../../src/types/type-source.ts";
import type { Ffi } from "../ffi/ffi.ts";
import {
	findDebugFile,
	findDebugFileIn,
	hasDebugInfo,
	withElf,
} from "../machine/elf.ts";
import { parameterTexts } from "./c-text.ts";
import { type Die, type Dies, openDies, type SourceLine } from "./dies.ts";
import { loadLibdw, Tag } from "./libdw.ts";
import { type SourcePlaces, sourcePlaces } from "./sources.ts";
import { type DwarfTypes, dwarfTypes } from "./types.ts";

/** undefined where the file has no debug information, or libdw is not installed. */
export type OpenDebugInfo = (path: string) => DebugInfo | undefined;

/** `folders`: where debug files are looked for before the usual places. */
export function makeOpenDebugInfo(
	ffi: () => Ffi,
	folders: readonly string[],
): OpenDebugInfo {
	const libdw = onDemand(() => loadLibdw(ffi()));
	const known = new Map<string, DebugInfo | undefined>();
	const open: OpenDebugInfo = (path) => {
		const functions = libdw();
		const file = functions && fileWithDebugInfo(path, folders);
		const fd = file === undefined ? undefined : tryOpen(file);
		if (functions === undefined || fd === undefined) return undefined;
		const dies = openDies(ffi(), functions, fd);
		return dies && debugInfo(dies, dwarfTypes(dies, `dwarf:${path}`));
	};
	return (path) => {
		if (!known.has(path)) known.set(path, open(path));
		return known.get(path);
	};
}

/** Opens the source places of a file that has debug information itself. */
export type OpenSources = (path: string) => SourcePlaces | undefined;

export function makeOpenSources(ffi: () => Ffi): OpenSources {
	const libdw = onDemand(() => loadLibdw(ffi()));
	return (path) => {
		const functions = libdw();
		const fd = functions && tryOpen(path);
		if (functions === undefined || fd === undefined) return undefined;
		const dies = openDies(ffi(), functions, fd);
		return dies && sourcePlaces(functions, dies);
	};
}

function onDemand<T>(make: () => T): () => T {
	let made: { readonly value: T } | undefined;
	return () => {
		made ??= { value: make() };
		return made.value;
	};
}

function fileWithDebugInfo(
	path: string,
	folders: readonly string[],
): string | undefined {
	return withElf(path, (elf) =>
		hasDebugInfo(elf)
			? path
			: (findDebugFileIn(folders, path, elf) ?? findDebugFile(path, elf)),
	);
}

function tryOpen(path: string): number | undefined {
	try {
		return openSync(path, "r");
	} catch {
		return undefined;
	}
}

function debugInfo(dies: Dies, types: DwarfTypes): DebugInfo {
	return {
		types,
		functionAt(address) {
			const die = dies.functionAt(address);
			return die && signatureOf(dies, types, die);
		},
		addressOfLine: (file, line, column) =>
			addressOfLine(dies, file, line, column),
	};
}

function signatureOf(
	dies: Dies,
	types: DwarfTypes,
	func: Die,
): FunctionSignature {
	const parameters = [...dies.children(func)]
		.filter((die) => dies.tag(die) === Tag.parameter)
		.map((die, i) => ({
			name: dies.name(die) || `arg${i}`,
			type: types.type(dies.type(die)),
		}));
	return {
		name: dies.name(func),
		parameters,
		returns: types.type(dies.type(func)),
		declarations: () => [...parameterTexts(dies, func)],
	};
}

/** Where the code of a source line begins: the first row of the first unit that has some. */
function addressOfLine(
	dies: Dies,
	file: string,
	line: number,
	column: number,
): number | undefined {
	const meant = (row: SourceLine) =>
		row.line === line &&
		(column === 0 || row.column === column) &&
		(row.file === file || row.file.endsWith(`/${file.replace(/^\.\//, "")}`));
	for (const unit of dies.units())
		for (const row of dies.lines(unit)) if (meant(row)) return row.address;
	return undefined;
}
