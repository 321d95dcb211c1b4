// `@x = count()` and its like: finds this CPU's cell, makes an empty one where there is none, and adds to it.
import type { EmitCall } from "../builtins/definition.ts";
import type { IrAggregate } from "../semantic/ir.ts";
import { bare } from "./expressions/scalars.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { emitMapKey } from "./map-keys.ts";
import { aggregateOf } from "./map-reads.ts";

/** Bytes of a bucket: how many events fell into it, and their sum. */
export const BUCKET_BYTES = 16;

export function emitAggregate(w: FunctionWriter, s: IrAggregate): void {
	const definition = aggregateOf(s.type);
	const call: EmitCall = {
		args: s.args,
		type: s.type,
		span: s.span,
		probe: w.probe,
	};
	const { emitBucket, emitUpdate } = definition;
	if (emitBucket) {
		const { bucket, sum } = emitBucket(w, call);
		const amount = /^[\w>.-]+$/.test(sum)
			? sum
			: w.local("s64", bare(sum), "amount");
		w.include("buckets");
		const cell = findCell(w, s, BUCKET_BYTES, bucket);
		addTo(w, s, cell, () => {
			w.line(`${cell}->count += 1;`);
			w.line(`${cell}->sum += ${amount};`);
		});
		return;
	}
	const cells = definition.cells(s.type);
	if (!emitUpdate || !("size" in cells))
		throw new Error(`E0926: ${s.type.name}() has no cells`);
	const cell = findCell(w, s, cells.size, undefined);
	addTo(w, s, cell, () => emitUpdate(w, call, cell));
}

/** A local that points to this CPU's cell, or NULL. */
function findCell(
	w: FunctionWriter,
	s: IrAggregate,
	size: number,
	bucket: string | undefined,
): string {
	const key = emitMapKey(w, s.map, s.key, bucket);
	const symbol = s.map.symbol;
	const cType = bucket === undefined ? "char *" : "struct bucket *";
	const cell = w.local(
		cType,
		`bpf_map_lookup_elem(&${symbol}, ${key})`,
		"cell",
	);
	if (s.key === undefined) return cell;
	w.block(`if (!${cell})`, () => {
		const empty = emptyCell(w, size);
		w.line(`bpf_map_update_elem(&${symbol}, ${key}, ${empty}, BPF_NOEXIST);`);
		w.line(`${cell} = bpf_map_lookup_elem(&${symbol}, ${key});`);
	});
	return cell;
}

/** Larger cells would take too much of the stack's 512 bytes. */
const MOST_STACK_BYTES = 64;

function emptyCell(w: FunctionWriter, size: number): string {
	if (size > MOST_STACK_BYTES) {
		const empty = w.buffer(size);
		w.zero(empty, size);
		return empty;
	}
	const empty = w.frame.names.fresh("empty");
	w.line(`u64 ${empty}[${size / 8}] = { 0 };`);
	return empty;
}

function addTo(
	w: FunctionWriter,
	s: IrAggregate,
	cell: string,
	add: () => void,
): void {
	const found = w.region({ head: `if (${cell})` });
	w.within(found, add);
	if (s.key !== undefined)
		found.otherwise = w.aside(() =>
			w.countLoss("map-full", { map: s.map.name }),
		).region;
}
