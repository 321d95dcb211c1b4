// Places that the kernel refuses to attach to. It keeps some functions from being probed and does not say which before
// it is asked; where a pattern has found others as well, going on without them is what was meant.
import type { AttachFailure } from "../../runtime/attach/all.ts";
import type { Place, Plan } from "../plan.ts";

export interface Refused {
	readonly pattern: string;
	/** Full names of probes. */
	readonly names: readonly string[];
	/** Of the pattern. */
	readonly place: Place;
}

export interface SortedFailures {
	readonly refused: readonly Refused[];
	readonly others: readonly AttachFailure[];
}

export function sortFailures(
	failures: readonly AttachFailure[],
	{ attach }: Pick<Plan, "attach">,
): SortedFailures {
	const byPattern = new Map<string, AttachFailure[]>();
	const others: AttachFailure[] = [];
	for (const one of failures) {
		const pattern = one.request.wildcard;
		if (pattern === undefined || one.failure.code !== "E0708") others.push(one);
		else push(byPattern, pattern, one);
	}
	const refused: Refused[] = [];
	for (const [pattern, some] of byPattern) {
		const all = attach.filter(({ wildcard }) => wildcard === pattern);
		const [first] = some;
		if (first === undefined || some.length === all.length) {
			others.push(...some);
			continue;
		}
		const names = some.map(({ request }) => request.probe);
		refused.push({ pattern, names, place: first.request.place });
	}
	return { refused, others };
}

function push<T>(lists: Map<string, T[]>, key: string, value: T): void {
	const list = lists.get(key);
	if (list) list.push(value);
	else lists.set(key, [value]);
}
