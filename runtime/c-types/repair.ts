// Answers to clang's messages: names borrowed from the kernel, headers and requests left out.
import type { TypeSource } from "../../src/types/type-source.ts";
import type { Attempt } from "./attempt.ts";
import { borrowFor } from "./borrow.ts";
import type { ClangMessage } from "./clang-messages.ts";
import { type CUnit, unitFile } from "./unit.ts";

/** Structs that headers define, but that only members point to, are asked for by name. False when there are none. */
export function keepDeclared(
	attempt: Attempt,
	kernel: TypeSource | undefined,
): boolean {
	const kept = new Set(attempt.unit.keep);
	const more = (attempt.object?.declaredOnly ?? [])
		.filter((name) => !kernel?.struct("struct", name))
		.map((name) => `struct ${name}`)
		.filter((name) => !kept.has(name));
	if (more.length === 0) return false;
	attempt.unit = { ...attempt.unit, keep: [...attempt.unit.keep, ...more] };
	return true;
}

/** Answers clang's messages; false when none of them could be. */
export function repair(
	attempt: Attempt,
	messages: readonly ClangMessage[],
	kernel: TypeSource | undefined,
): boolean {
	// What is asked for may fail only because something before it did, so that comes first.
	const declarations: string[] = [];
	let dropped = false;
	for (const message of messages) {
		if (isOneOf(message, unitFile.script, unitFile.borrowed)) {
			declarations.push(...borrow(attempt, message, kernel));
		} else if (!isOneOf(message, unitFile.keep, unitFile.value)) {
			dropped = dropInclude(attempt, message) || dropped;
		}
	}
	// A struct may be needed by what was borrowed before it.
	const borrowed = [...declarations, ...attempt.unit.borrowed];
	attempt.unit = { ...attempt.unit, borrowed };
	return dropped || declarations.length > 0 || dropRequests(attempt, messages);
}

function isOneOf(
	message: { readonly file: string },
	...files: readonly string[]
): boolean {
	return files.includes(message.file);
}

/** Leaves out the requests that clang could not answer; false when there were none. */
function dropRequests(
	attempt: Attempt,
	messages: readonly ClangMessage[],
): boolean {
	const { unit } = attempt;
	const keep = new Set(unit.keep);
	const values = new Set(unit.values);
	for (const message of messages) {
		if (message.file === unitFile.keep) {
			keep.delete(unit.keep[message.line - 1] ?? "");
		} else if (message.file === unitFile.value) {
			dropValue(attempt, values, message);
		}
	}
	attempt.unit = { ...unit, keep: [...keep], values: [...values] };
	return keep.size < unit.keep.length || values.size < unit.values.length;
}

function dropValue(
	attempt: Attempt,
	values: Set<string>,
	{ line, text }: ClangMessage,
): void {
	const name = attempt.unit.values[line - 1];
	if (name === undefined) return;
	values.delete(name);
	// A macro whose text is no constant is worth a look; a name that C does not know is not.
	const unknown = text.startsWith(`use of undeclared identifier '${name}'`);
	if (!unknown) attempt.failedValues.add(name);
}

function borrow(
	attempt: Attempt,
	message: ClangMessage,
	kernel: TypeSource | undefined,
): string[] {
	const found = borrowFor(message.text, kernel);
	if (!found || attempt.borrowed.has(found.name)) return [];
	attempt.borrowed.add(found.name);
	return [found.declaration];
}

/** An include whose header clang cannot read to its end counts as missing. */
function dropInclude(attempt: Attempt, message: ClangMessage): boolean {
	const outermost = message.includedFrom[0];
	if (outermost === undefined) return false;
	const { file, line } = outermost;
	const { unit } = attempt;
	const fromScript = file === unitFile.script;
	const dropped = fromScript ? unit.droppedLines : unit.droppedOptions;
	if (!isOneOf(outermost, unitFile.script, unitFile.option)) return false;
	if (dropped.has(line)) return false;
	const reason = `${message.file}:${message.line}: ${message.text}`;
	const include = fromScript
		? includeAt(unit, line)
		: `"${unit.includeFiles[line - 1]}"`;
	attempt.missing.push({ include, line: fromScript ? line : 0, reason });
	const now = new Set([...dropped, line]);
	attempt.unit = {
		...unit,
		// What failed after a broken header may be right without it.
		...attempt.requests,
		...(fromScript ? { droppedLines: now } : { droppedOptions: now }),
	};
	attempt.failedValues.clear();
	return true;
}

/** The header named in a line of the script. */
export function includeAt(unit: CUnit, line: number): string {
	for (const definition of unit.definitions) {
		const text = definition.text.split("\n")[line - definition.line];
		const file = text && /#\s*include\s*([<"][^>"]*[>"])/.exec(text)?.[1];
		if (file) return file;
	}
	return "";
}
