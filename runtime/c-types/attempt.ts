// One attempt at a script's C: the unit as it stands after what clang has said so far.
import type { COutline } from "../../src/types/c-outline.ts";
import type { CObject } from "./read-object.ts";
import type {
	CError,
	CTypesRequest,
	KernelHeaders,
	MissingInclude,
} from "./request.ts";
import type { CUnit } from "./unit.ts";

/** What has been learnt so far, and the object at the end. */
export interface Attempt {
	readonly headers: KernelHeaders | undefined;
	unit: CUnit;
	/** What was asked for in the beginning. */
	readonly requests: Pick<CUnit, "keep" | "values">;
	readonly borrowed: Set<string>;
	readonly missing: MissingInclude[];
	/** Values that clang could not compute. */
	readonly failedValues: Set<string>;
	object: CObject | undefined;
	errors: readonly CError[];
	clangMissing: string | undefined;
}

export function startAttempt(
	request: CTypesRequest,
	outline: COutline,
	headers: KernelHeaders | undefined,
): Attempt {
	const requests = firstRequests(request, outline);
	return {
		headers,
		requests,
		unit: {
			includeFiles: request.includeFiles ?? [],
			definitions: request.definitions,
			droppedLines: new Set(),
			droppedOptions: new Set(),
			borrowed: [],
			...requests,
			macrosOnly: new Set(readsHeaders(request, outline) ? [] : outline.macros),
		},
		borrowed: new Set(),
		missing: [],
		failedValues: new Set(),
		object: undefined,
		errors: [],
		clangMissing: undefined,
	};
}

function readsHeaders(request: CTypesRequest, outline: COutline): boolean {
	return outline.hasIncludes || (request.includeFiles ?? []).length > 0;
}

/** Without headers only the script's own names can be there; asking for others would cost a round. */
function firstRequests(
	request: CTypesRequest,
	outline: COutline,
): Attempt["requests"] {
	const headers = readsHeaders(request, outline);
	const text = request.definitions.map((d) => d.text).join("\n");
	const own = new Set([...outline.macros, ...outline.enumerators]);
	const mentioned = (type: string): boolean =>
		new RegExp(`\\b${type.split(" ").at(-1)}\\b`).test(text);
	const types = request.typeNames.filter((t) => headers || mentioned(t));
	return {
		keep: unique([...outline.tags, ...outline.typedefs, ...types]),
		values: unique(request.identifiers.filter((n) => headers || own.has(n))),
	};
}

function unique(names: readonly string[]): string[] {
	return [...new Set(names)];
}
