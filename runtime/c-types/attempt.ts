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
	const text = request.definitions.map((d) => d.text).join("\n");
	const hasIncludes =
		outline.hasIncludes || (request.includeFiles ?? []).length > 0;
	const own = new Set([...outline.macros, ...outline.enumerators]);
	// Without headers only the script's own names can have a value; asking for others would cost a round.
	const values = hasIncludes
		? unique([...request.identifiers])
		: unique(request.identifiers.filter((n) => own.has(n)));
	const mentioned = (name: string) =>
		hasIncludes || new RegExp(`\\b${name.split(" ").at(-1)}\\b`).test(text);
	const enumerators = new Set(outline.enumerators);
	const keep = unique([
		...outline.tags,
		...outline.typedefs,
		...request.typeNames.filter(mentioned),
	]);
	return {
		headers,
		requests: { keep, values },
		unit: {
			includeFiles: request.includeFiles ?? [],
			definitions: request.definitions,
			droppedLines: new Set(),
			droppedOptions: new Set(),
			borrowed: [],
			keep,
			values,
			macrosOnly: new Set(
				values.filter((name) => !enumerators.has(name) && !hasIncludes),
			),
		},
		borrowed: new Set(),
		missing: [],
		failedValues: new Set(),
		object: undefined,
		errors: [],
		clangMissing: undefined,
	};
}

function unique(names: readonly string[]): string[] {
	return [...new Set(names)];
}
