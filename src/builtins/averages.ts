// avg() and stats() keep the same: the sum of the values, and how many there were.
import type { AggregateType } from "../types/types.ts";
import { amount, cWide, wideOf } from "./aggregate-type.ts";
import type { AggregateDefinition, Emitter } from "./definition.ts";

/** `{ s64 or u64 sum; u64 count; }` */
export const averageCells: Omit<AggregateDefinition, "render"> = {
	cells: () => ({ size: 16 }),
	emitUpdate: (emitter, { args }, cell) => {
		emitter.line(`*(u64 *)${cell} += ${amount(emitter, args)};`);
		emitter.line(`*(u64 *)(${cell} + 8) += 1;`);
	},
	read: {
		type: wideOf,
		emitMerge: (emitter, _type, total, cell) => {
			emitter.line(`*(u64 *)${total} += *(u64 *)${cell};`);
			emitter.line(`*(u64 *)(${total} + 8) += *(u64 *)(${cell} + 8);`);
		},
		emitResult: average,
	},
};

function average(emitter: Emitter, type: AggregateType, total: string): string {
	const wide = cWide(type);
	const sum = emitter.local(wide, `*(${wide} *)${total}`, "sum");
	const count = emitter.local("u64", `*(u64 *)(${total} + 8)`, "count");
	if (type.of.signed) emitter.include("division");
	const mean = type.of.signed
		? `signed_quotient(${sum}, ${count})`
		: `${sum} / ${count}`;
	// What has not been counted yet has no average.
	return emitter.local(wide, `${count} ? ${mean} : 0`, "mean");
}
