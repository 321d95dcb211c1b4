// What could not be told is said.
import type { Explanation, Missing } from "./explanation.ts";

export function without(
	explanation: Explanation,
	missing: Missing,
): Explanation {
	return { ...explanation, missing: [...explanation.missing, missing] };
}
