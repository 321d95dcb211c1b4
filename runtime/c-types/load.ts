// A script's own C (struct, enum, typedef, #include, #define) as types and values. clang reads it, once if all is well.
// What clang cannot resolve is repaired from the kernel's types, or left out, and clang is asked again.
import { type COutline, outlineC } from "../../src/types/c-outline.ts";
import {
	filteredTypeSource,
	layeredTypeSource,
} from "../../src/types/layered-source.ts";
import { type Attempt, startAttempt } from "./attempt.ts";
import { type ClangMessage, readClangMessages } from "./clang-messages.ts";
import { nameAnonymousEnums } from "./name-enums.ts";
import { readObject } from "./read-object.ts";
import { includeAt, keepDeclared, repair } from "./repair.ts";
import type {
	CError,
	CTypesRequest,
	CTypesResult,
	KernelHeaders,
	MissingInclude,
} from "./request.ts";
import { findKernelHeaders, runClang } from "./run-clang.ts";
import { missingName, unitFile, unitText } from "./unit.ts";
import { readUserHeaders } from "./user-headers.ts";
import { readValues } from "./values.ts";

export type {
	CDefinition,
	CError,
	CTypesRequest,
	CTypesResult,
	CValue,
	KernelHeaders,
	MissingInclude,
} from "./request.ts";

/** Rounds of repair; each answers all of clang's messages, so more than a few mean that it leads nowhere. */
const maxRounds = 8;
/** How many pointers are followed from the structs that are asked for to others, in headers. */
const maxDepth = 2;

function namesDefined(outline: COutline): readonly string[] {
	const tags = outline.tags.map((tag) => tag.split(" ")[1] ?? "");
	return [...tags, ...outline.typedefs, ...outline.enumerators];
}

/** Reads a script's C. Blocks while clang runs (25 ms and more). */
export function loadCTypes(given: CTypesRequest): CTypesResult {
	const request = {
		...given,
		definitions: nameAnonymousEnums(given.definitions),
	};
	const outline = outlineC(request.definitions.map((d) => d.text).join("\n"));
	const first = compile(request, outline, undefined);
	const headers =
		request.kernelHeaders === undefined
			? findKernelHeaders()
			: (request.kernelHeaders ?? undefined);
	if (!headers || first.missing.length === 0)
		return finish(request, outline, first);
	// Headers of the kernel's inside are read only when a script asks for one: they do not go together with libc's.
	const second = compile(request, outline, headers);
	const better = second.object && second.missing.length < first.missing.length;
	return finish(request, outline, better ? second : first);
}

function compile(
	request: CTypesRequest,
	outline: COutline,
	headers: KernelHeaders | undefined,
): Attempt {
	const attempt = startAttempt(request, outline, headers);
	let deeper = 0;
	for (let round = 0; round < maxRounds; round++) {
		const run = runClang(unitText(attempt.unit), "object", request, headers);
		attempt.clangMissing = run.missing;
		if (run.missing !== undefined) break;
		if (run.ok) {
			attempt.object = readObject(run.output);
			attempt.errors = [];
			if (deeper++ === maxDepth) break;
			if (!keepDeclared(attempt, request.kernel)) break;
			continue;
		}
		// An object made without what has just been added is good enough.
		if (attempt.object) break;
		const messages = readClangMessages(run.stderr);
		attempt.errors = scriptErrors(messages, run.stderr);
		if (!repair(attempt, messages, request.kernel)) break;
	}
	for (const missing of missingIncludes(attempt, request))
		attempt.missing.push(missing);
	return attempt;
}

/** Why an include is missing that is on no path. */
export const notFound = "not found";

/** Includes that were not found: each has left a variable behind. */
function missingIncludes(
	attempt: Attempt,
	request: CTypesRequest,
): MissingInclude[] {
	const { object, unit } = attempt;
	const reason = notFound;
	const out: MissingInclude[] = [];
	(request.includeFiles ?? []).forEach((path, i) => {
		if (object?.hasVariable(missingName("option", i + 1)))
			out.push({ include: `"${path}"`, line: 0, reason });
	});
	for (const { text, line } of request.definitions) {
		text.split("\n").forEach((_, i) => {
			if (!object?.hasVariable(missingName("line", line + i))) return;
			out.push({ include: includeAt(unit, line + i), line: line + i, reason });
		});
	}
	return out;
}

/** Errors in the script's own text; if there are none, whatever clang said. */
function scriptErrors(
	messages: readonly ClangMessage[],
	stderr: string,
): CError[] {
	const own = messages.filter((m) => m.file === unitFile.script);
	if (own.length > 0)
		return own.map(({ line, column, text }) => ({ line, column, text }));
	const [first] = messages;
	const text = first
		? `${first.file}:${first.line}: ${first.text}`
		: stderr.trim();
	return [{ line: 0, column: 0, text }];
}

function finish(
	request: CTypesRequest,
	outline: COutline,
	attempt: Attempt,
): CTypesResult {
	const { object, missing, errors, clangMissing } = attempt;
	const kernel = request.kernel ? [request.kernel] : [];
	if (!object || errors.length > 0 || clangMissing !== undefined) {
		return {
			types: layeredTypeSource(kernel),
			values: new Map(),
			errors,
			missingIncludes: missing,
			clangMissing,
		};
	}
	const headers = readUserHeaders(request).map(outlineC);
	const own = new Set([outline, ...headers].flatMap(namesDefined));
	const borrowed = new Set(
		[...attempt.borrowed].map((name) => name.split(" ").at(-1) ?? ""),
	);
	const defined = filteredTypeSource(object.types, (name) => own.has(name));
	const included = filteredTypeSource(
		object.types,
		(name) => !borrowed.has(name),
	);
	return {
		types: layeredTypeSource([defined, ...kernel, included]),
		values: readValues(request, attempt, object),
		errors,
		missingIncludes: missing,
	};
}
