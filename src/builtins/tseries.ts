// tseries(): values over time.
import type { AggregateType } from "../types/types.ts";
import { aggregateOf, amount, cWide } from "./aggregate-type.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";
import {
	type How,
	howNames,
	renderAllTseries,
	renderTseries,
	slotBytes,
} from "./render/tseries.ts";

/** A CPU's cell of a per-CPU map may take 32 KiB. */
const mostIntervals = 1024;

function numberAt({ args }: Pick<CheckCall, "args">, index: number): number {
	const constant = args[index]?.constant;
	return typeof constant === "bigint" ? Number(constant) : 1;
}

function check(call: CheckCall): AggregateType {
	const [value, length, count, how] = call.args;
	const name = "tseries";
	const interval = numberAt(call, 1);
	if (interval < 1) {
		const args = {
			name,
			wanted: "an interval of at least 1ns",
			help: "write it with a unit: 100ms, 1s",
		};
		call.report("E0464", args, { span: length?.span });
	}
	const intervals = numberAt(call, 2);
	if (intervals < 1 || intervals > mostIntervals) {
		const help = "take longer intervals to go further back";
		const wanted = `1 to ${mostIntervals} intervals`;
		call.report("E0464", { name, wanted, help }, { span: count?.span });
	}
	const known = howNames.find((n) => n === (how?.constant ?? "last"));
	if (known === undefined) {
		const wanted = howNames.map((n) => `"${n}"`).join(", ");
		const help = "it says what becomes of the values of one interval";
		call.report("E0464", { name, wanted, help }, { span: how?.span });
	}
	return aggregateOf(name, value, {
		interval,
		intervals,
		how: known ?? "last",
	});
}

function emitUpdate(emitter: Emitter, call: EmitCall, cell: string): void {
	if (call.type.kind !== "aggregate") return;
	const wide = cWide(call.type);
	const intervals = numberAt(call, 2);
	const value = emitter.local(wide, amount(emitter, call.args), "value");
	const now = emitter.local("u64", emitter.wallClock(), "now");
	const epoch = emitter.local(
		"u64",
		`${now} / ${numberAt(call, 1)}ULL`,
		"epoch",
	);
	const index = emitter.local("u32", `${epoch} % ${intervals}`, "index");
	// The verifier does not see what a remainder is bounded by, and clang must not see that the check is idle.
	emitter.line(`asm volatile("" : "+r"(${index}));`);
	emitter.block(`if (${index} < ${intervals})`, () => {
		const slot = emitter.local(
			"u64 *",
			`(u64 *)(${cell} + ${index} * ${slotBytes})`,
			"slot",
		);
		emitter.block(`if (${slot}[2] != ${epoch})`, () => {
			emitter.line(`${slot}[0] = 0;`);
			emitter.line(`${slot}[1] = 0;`);
			emitter.line(`${slot}[2] = ${epoch};`);
		});
		const how = howNames.find((n) => n === call.args[3]?.constant) ?? "last";
		const update = { slot, value, now, wide };
		for (const line of updateLines(how, update)) emitter.line(line);
	});
}

interface Update {
	readonly slot: string;
	readonly value: string;
	readonly now: string;
	readonly wide: string;
}

function updateLines(
	how: How,
	{ slot, value, now, wide }: Update,
): readonly string[] {
	switch (how) {
		case "last":
			return [`${slot}[0] = ${value};`, `${slot}[1] = ${now};`];
		case "avg":
		case "sum":
			return [`${slot}[0] += ${value};`, `${slot}[1] += 1;`];
		case "min":
		case "max": {
			const better = how === "min" ? "<" : ">";
			return [
				`if (!${slot}[1] || ${value} ${better} (${wide})${slot}[0]) ${slot}[0] = ${value};`,
				`${slot}[1] += 1;`,
			];
		}
	}
}

export const tseries: BuiltinDefinition = {
	name: "tseries",
	unstable: "unstable_tseries",
	group: "aggregation",
	signatures: [
		"tseries(value: int, interval: literal int, intervals: literal int, how?: literal string)",
	],
	doc: 'Values over time: the last so many intervals, each with its last value, or its "avg", "sum", "min" or "max".',
	example:
		'interval:ms:10 { @ = tseries(rand % 10, 100ms, 5, "max"); } interval:s:1 { exit(); }',
	check,
	aggregate: {
		cells: ({ params }) => ({ size: slotBytes * Number(params.intervals) }),
		emitUpdate,
		render: renderTseries,
		renderAll: renderAllTseries,
	},
};
