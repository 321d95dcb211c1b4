// Where a builtin runs, and what of it may be lost: told from how it is emitted, or by its own words.
import type { BuiltinDefinition } from "./definition.ts";

export interface Whereabouts {
	readonly runs: string;
	readonly lost: string | undefined;
}

const eventLost =
	"the event, where the ring buffer has no room for it: user space reads too slowly for what comes (counted, and told each second and at the end)";

export function whereItRuns(builtin: BuiltinDefinition): Whereabouts {
	const { runs = howItRuns(builtin), lost, aggregate } = builtin;
	const follows = builtin.handle
		? eventLost
		: aggregate
			? "a new key, where the map is full (counted)"
			: undefined;
	if (lost === false) return { runs, lost: undefined };
	const both = [lost, follows].filter((text) => text !== undefined);
	return { runs, lost: both.length > 0 ? both.join("; ") : undefined };
}

function howItRuns(b: BuiltinDefinition): string {
	if (b.aggregate)
		return "in the kernel, at the event: each CPU updates a cell of its own; user space adds the cells up when the map is printed";
	if (b.handle)
		return "in two halves: at the event the kernel writes the values into the ring buffer; user space does the rest a moment later";
	const emitted = b.emitScalar ?? b.emitInto ?? b.emitStatement;
	if (b.opaque)
		return "in two halves: at the event the kernel takes the bare value; user space makes text of it when it is printed";
	if (emitted === undefined)
		return "when the script is compiled: nothing of it is left at the event";
	return b.fold
		? "in the kernel, at the event; or, where all is known before, when the script is compiled"
		: "in the kernel, at the event";
}
