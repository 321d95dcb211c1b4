// The C file handed to clang: the script's own text under #line directives, and declarations that keep what is asked for.
import { cIdentifier } from "../../src/base/c-text.ts";
import type { CDefinition } from "./request.ts";

/** Names of the made-up files that clang's messages are told apart by. */
export const unitFile = {
	script: "kask-script",
	option: "kask-include-option",
	borrowed: "kask-borrowed",
	keep: "kask-keep",
	value: "kask-value",
} as const;

export interface CUnit {
	readonly includeFiles: readonly string[];
	readonly definitions: readonly CDefinition[];
	/** Lines (script) and positions (options) of includes that must not be read. */
	readonly droppedLines: ReadonlySet<number>;
	readonly droppedOptions: ReadonlySet<number>;
	/** Declarations of kernel types that the script uses without defining them. */
	readonly borrowed: readonly string[];
	/** Types to keep, as C writes them. */
	readonly keep: readonly string[];
	readonly values: readonly string[];
	/** Names that are asked for only if they are macros. */
	readonly macrosOnly: ReadonlySet<string>;
}

export const keepName = (index: number): string => `__kask_keep_${index}`;
export const valueName = (index: number): string => `__kask_value_${index}`;
export const missingName = (place: "line" | "option", n: number): string =>
	`__kask_missing_${place}_${n}`;
/** Values stand in a section of their own, so that zeros too have bytes in the object. */
export const valueSection = "kask_values";

export function unitText(unit: CUnit): string {
	return [
		...headText(unit),
		...unit.keep.map(
			(type, i) => `#line ${i + 1} "${unitFile.keep}"\n${keepLine(type, i)}`,
		),
		...unit.values.map(
			(name, i) =>
				`#line ${i + 1} "${unitFile.value}"\n${valueLines(unit, name, i)}`,
		),
		"",
	].join("\n");
}

/** As `unitText`, but each value's name stands on a line of its own, to be expanded by the preprocessor alone. */
export function expansionText(unit: CUnit, names: readonly string[]): string {
	const lines = names.map((name, i) => `${valueName(i)} ${cIdentifier(name)}`);
	return [...headText(unit), ...lines, ""].join("\n");
}

function headText(unit: CUnit): string[] {
	return [
		...unit.includeFiles.flatMap((path, i) =>
			includeLines(unitFile.option, i + 1, `"${path}"`, {
				drop: unit.droppedOptions.has(i + 1),
				missing: missingName("option", i + 1),
			}),
		),
		...unit.borrowed.map(
			(text, i) => `#line ${i + 1} "${unitFile.borrowed}"\n${text}`,
		),
		...unit.definitions.flatMap((d) => definitionLines(d, unit.droppedLines)),
	];
}

const include = /^\s*#\s*include\s*([<"][^>"]*[>"])/;

function definitionLines(
	definition: CDefinition,
	dropped: ReadonlySet<number>,
): string[] {
	const column = definition.column ?? 1;
	const out = [`#line ${definition.line} "${unitFile.script}"`];
	definition.text.split("\n").forEach((text, i) => {
		const line = definition.line + i;
		const file = include.exec(text)?.[1];
		if (file === undefined) {
			// clang's columns are the script's own then.
			out.push(i === 0 ? `${" ".repeat(column - 1)}${text}` : text);
			return;
		}
		const drop = dropped.has(line);
		const missing = missingName("line", line);
		out.push(...includeLines(unitFile.script, line, file, { drop, missing }));
		out.push(`#line ${line + 1} "${unitFile.script}"`);
	});
	return out;
}

/** A header that is not there leaves a variable behind instead of ending the whole compilation. */
function includeLines(
	from: string,
	line: number,
	file: string,
	how: { readonly drop: boolean; readonly missing: string },
): string[] {
	if (how.drop) return [];
	const others = elsewhere(file).flatMap((other) => [
		`#elif __has_include(${other})`,
		`#line ${line} "${from}"`,
		`#include ${other}`,
	]);
	return [
		`#if __has_include(${file})`,
		`#line ${line} "${from}"`,
		`#include ${file}`,
		...others,
		"#else",
		`char ${how.missing};`,
		"#endif",
	];
}

/** The kernel's own folder for what it offers to programs: libc's package installs that without it. */
function elsewhere(file: string): readonly string[] {
	const inside = /^<uapi\/(.*)>$/.exec(file)?.[1];
	return inside === undefined ? [] : [`<${inside}>`];
}

/**
 * A pointer serves for types without a body too. The qualifiers make it unlike all pointers in headers: of a pointer
 * that it has seen as a member of a struct, clang keeps no more than a forward declaration.
 */
function keepLine(type: string, index: number): string {
	const words = type.split(/\s+/).map(cIdentifier).join(" ");
	return `const volatile ${words} *${keepName(index)};`;
}

function valueLines(unit: CUnit, name: string, index: number): string {
	const id = cIdentifier(name);
	const line =
		`__typeof__((${id})) ${valueName(index)} ` +
		`__attribute__((section("${valueSection}"))) = (${id});`;
	if (!unit.macrosOnly.has(name)) return line;
	const place = `#line ${index + 1} "${unitFile.value}"`;
	return `#ifdef ${id}\n${place}\n${line}\n#endif`;
}
