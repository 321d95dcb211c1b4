// min() and max() keep the same: the value so far, and whether there was one.
import { amount, cWide, wideOf } from "./aggregate-type.ts";
import type { AggregateDefinition } from "./definition.ts";

/** `{ s64 or u64 value; u64 set; }`; `better` is the C operator by which a new value wins. */
export function extremeCells(
	better: "<" | ">",
): Omit<AggregateDefinition, "render"> {
	return {
		cells: () => ({ size: 16 }),
		emitUpdate: (emitter, { args, type }, cell) => {
			const wide = type.kind === "aggregate" ? cWide(type) : "u64";
			const value = emitter.local(wide, amount(emitter, args));
			emitter.block(
				`if (!*(u64 *)(${cell} + 8) || ${value} ${better} *(${wide} *)${cell})`,
				() => {
					emitter.line(`*(${wide} *)${cell} = ${value};`);
					emitter.line(`*(u64 *)(${cell} + 8) = 1;`);
				},
			);
		},
		read: {
			type: wideOf,
			emitMerge: (emitter, type, total, cell) => {
				const wide = cWide(type);
				const wins = `!*(u64 *)(${total} + 8) || *(${wide} *)${cell} ${better} *(${wide} *)${total}`;
				emitter.block(`if (*(u64 *)(${cell} + 8) && (${wins}))`, () => {
					emitter.line(`*(${wide} *)${total} = *(${wide} *)${cell};`);
					emitter.line(`*(u64 *)(${total} + 8) = 1;`);
				});
			},
			emitResult: (_emitter, type, total) => `(*(${cWide(type)} *)${total})`,
		},
	};
}
