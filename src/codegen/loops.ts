// Loops. Where the number of rounds is small and known, and for `while`, they are C loops, which the verifier follows
// round by round; all others are callbacks that the kernel calls, so that the verifier looks at them once.
import { mostTurns } from "../base/limits.ts";
import type {
	IrBlock,
	IrStatement,
	TypedMap,
	VariableSlot,
} from "../semantic/ir.ts";
import { layOut, sizeOf } from "../types/layout.ts";
import { wideType } from "./c-types.ts";
import { changedInCallbacks, changesSlot, isCallbackLoop } from "./effects.ts";
import { bare, emitScalar, negated } from "./expressions/scalars.ts";
import { storeNumber } from "./expressions/values.ts";
import { FunctionWriter } from "./function-writer.ts";
import { keyBytes } from "./map-keys.ts";
import { mergeCpus } from "./map-reads.ts";
import { copyMemory, memoryAt } from "./memory-text.ts";
import { placeOf } from "./origin.ts";
import { emitBlock } from "./statements.ts";
import { declareVariables } from "./variables.ts";

type Of<K> = Extract<IrStatement, { kind: K }>;

export function emitWhile(w: FunctionWriter, s: Of<"while">): void {
	w.known.forgetAllReads();
	const condition = w.aside(() => emitScalar(w, s.condition));
	const simple = condition.region.empty;
	const loop = w.region({
		head: simple ? `while (${bare(condition.value)})` : "while (1)",
		barrier: true,
	});
	w.within(loop, () => {
		w.append(condition.region);
		if (!simple) {
			w.line(`if (${negated(condition.value)})`);
			w.line("\tbreak;");
		}
		loopBody(w, s.body, "loop_edge(); ");
		w.line("loop_edge();");
	});
}

function loopBody(w: FunctionWriter, body: IrBlock, edge = ""): void {
	// What the body writes at its end is read at its beginning, a round later.
	w.known.forgetAllReads();
	w.loops.push({ onBreak: "break;", onContinue: `${edge}continue;` });
	emitBlock(w, body);
	w.loops.pop();
}

/** Where the stack is short, no loop is unrolled: each round would have its own share of it. */
function unrolling(w: FunctionWriter, usual: "full" | "enable"): string {
	return `#pragma clang loop unroll(${w.script.stackTaken > 0 ? "disable" : usual})`;
}

export function emitUnroll(w: FunctionWriter, s: Of<"unroll">): void {
	const round = w.frame.names.fresh("round");
	const loop = w.region({
		pragma: unrolling(w, "full"),
		head: `for (u32 ${round} = 0; ${round} < ${s.count}; ${round}++)`,
		barrier: true,
	});
	w.within(loop, () => loopBody(w, s.body));
}

/** A body that changes the loop's variable changes its own copy: the number of rounds stays. */
export function emitForRange(w: FunctionWriter, s: Of<"for-range">): void {
	if (isCallbackLoop(s)) {
		rangeByCallback(w, s);
		return;
	}
	const changed = changesSlot(s.body, s.slot);
	const cType = wideType(s.slot.type);
	const name = w.frame.names.fresh(s.slot.symbol);
	const counter = changed ? w.frame.names.fresh("round") : name;
	w.declare(s.slot, name);
	const from = bare(emitScalar(w, s.from));
	const to = bare(emitScalar(w, s.to));
	const head = `for (${cType} ${counter} = ${from}; ${counter} < ${to}; ${counter}++)`;
	const pragma =
		w.script.stackTaken > 0 ? { pragma: unrolling(w, "enable") } : {};
	w.within(w.region({ ...pragma, head, barrier: true }), () => {
		if (changed) w.line(`${cType} ${name} = ${counter};`);
		loopBody(w, s.body);
	});
}

function rangeByCallback(w: FunctionWriter, s: Of<"for-range">): void {
	const cType = wideType(s.slot.type);
	const from = w.local(cType, bare(emitScalar(w, s.from)), "from");
	const to = w.local(cType, bare(emitScalar(w, s.to)), "to");
	const rounds = w.local(
		"u64",
		`${to} > ${from} ? ${to} - ${from} : 0`,
		"rounds",
	);
	loopCallback(w, s.body, {
		parameters: "u32 loop_index, void *context",
		begin: (inner) => {
			const start = inner.capture(from, cType, from);
			const value = `${start} + loop_index`;
			if (!changedInCallbacks([s.body]).has(s.slot)) {
				inner.declare(s.slot, inner.local(cType, value, s.slot.symbol));
				return;
			}
			inner.declareShared(s.slot);
			inner.line(`${inner.variable(s.slot)} = ${value};`);
		},
		// A call with what is always 0 would leave the kernel with a callback that it has thrown away as dead code.
		call: (name, context) =>
			fewTurns(s)
				? [`if (${rounds})`, `\tbpf_loop(${rounds}, ${name}, ${context}, 0);`]
				: cutLoop(w, s, rounds, `${name}, ${context}`),
	});
}

function fewTurns({ from, to }: Of<"for-range">): boolean {
	return (
		typeof from.constant === "bigint" &&
		typeof to.constant === "bigint" &&
		to.constant - from.constant <= mostTurns
	);
}

/** A loop that wanted more turns than the kernel gives, and has taken all of these, is counted. */
function cutLoop(
	w: FunctionWriter,
	s: Of<"for-range">,
	rounds: string,
	callback: string,
): readonly string[] {
	const turns = w.frame.names.fresh("turns");
	const loss = w.script.loss("loop-cut", { place: placeOf(s.span) });
	return [
		`u64 ${turns} = ${rounds} > ${mostTurns} ? ${mostTurns} : ${rounds};`,
		`if (${turns} && bpf_loop(${turns}, ${callback}, 0) == ${mostTurns} &&`,
		`    ${rounds} > ${mostTurns})`,
		`\tcount_loss(${loss});`,
	];
}

export function emitForMap(w: FunctionWriter, s: Of<"for-map">): void {
	loopCallback(w, s.body, {
		parameters:
			"void *loop_map, const void *loop_key, void *loop_value, void *context",
		begin: (inner) => elementPair(inner, s.map, s.slot),
		call: (name, context) => [
			`bpf_for_each_map_elem(&${s.map.symbol}, ${name}, ${context}, 0);`,
		],
	});
}

/** The loop's variable: key and value, as a tuple. */
function elementPair(
	w: FunctionWriter,
	map: TypedMap,
	slot: VariableSlot,
): void {
	if (slot.type.kind !== "tuple")
		throw new Error("E0926: a map's element is no tuple");
	const [keyType, valueType] = slot.type.elements;
	if (!keyType || !valueType) return;
	const pair = w.buffer(sizeOf(slot.type), slot.symbol);
	w.declare(slot, pair);
	copyMemory(w, pair, "loop_key", keyBytes(keyType, false));
	const dest = memoryAt(pair, layOut(slot.type.elements).offsets[1] ?? 0);
	if (map.value.kind === "aggregate")
		storeNumber(
			w,
			dest,
			valueType,
			mergeCpus(w, map.value, `&${map.symbol}`, "loop_key"),
		);
	else copyMemory(w, dest, "loop_value", sizeOf(valueType));
}

export interface Callback {
	readonly parameters: string;
	/** Writes the function's body. */
	readonly write: (inner: FunctionWriter) => void;
	/** The lines that have it called. */
	readonly call: (name: string, context: string) => readonly string[];
}

/** The body as a callback; `begin` declares the loop's variable. */
function loopCallback(
	w: FunctionWriter,
	body: IrBlock,
	callback: Omit<Callback, "write"> & {
		readonly begin: (inner: FunctionWriter) => void;
	},
): void {
	emitCallback(w, {
		...callback,
		write: (inner) => {
			inner.loops.push({ onBreak: "return 1;", onContinue: "return 0;" });
			callback.begin(inner);
			declareVariables(inner, [body]);
			emitBlock(inner, body);
		},
	});
}

/** What a callback uses of the function around it is handed over in a struct. */
export function emitCallback(w: FunctionWriter, callback: Callback): void {
	const number = w.script.nextLoop();
	w.known.forgetAllReads();
	const { script, probe, frame, origin } = w;
	const inner = new FunctionWriter(script, probe, frame, "callback", origin, w);
	inner.line(`struct loop_${number} *captured = context;`);
	inner.line("");
	callback.write(inner);
	inner.end();
	const heading = [`static long loop_${number}_body(${callback.parameters})`];
	script.functions.push({ heading, body: inner.root });
	declareStruct(w, number, inner);
	const context = frame.names.fresh("shared");
	frame.stackBytes += 8 * (inner.captures.size + 1);
	const values = [...inner.captures.values()].map(
		(f) => `.${f.field} = ${f.outer}`,
	);
	const init = values.length > 0 ? ` ${values.join(", ")} ` : " ";
	w.line(`struct loop_${number} ${context} = {${init}};`);
	for (const line of callback.call(`loop_${number}_body`, `&${context}`))
		w.line(line);
	if (inner.leaves) w.block(`if (${context}.left)`, () => w.leave());
}

function declareStruct(
	w: FunctionWriter,
	number: number,
	inner: FunctionWriter,
): void {
	const fields = [...inner.captures.values()].map((f) => f.declaration);
	// C wants at least one field, and the flag is the only one that is always there.
	if (inner.leaves || fields.length === 0) fields.push("u64 left");
	w.script.structs.push({ name: `loop_${number}`, fields });
}
