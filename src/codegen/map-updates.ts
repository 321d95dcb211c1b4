// Writing maps: plain values and counters. Numbers that are there already are changed in place, which is much cheaper
// than replacing the element; adding is atomic, so that no CPU's increment is lost.

import { cInteger } from "../base/c-text.ts";
import type {
	IrBinary,
	IrExpr,
	IrStatement,
	IrUpdate,
	TypedMap,
	VariableSlot,
} from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import { isSigned, narrowed, storedType, wideType } from "./c-types.ts";
import { changesState, churns, takesKeys } from "./effects.ts";
import { memoryOf } from "./expressions/memory.ts";
import { bare, emitScalar } from "./expressions/scalars.ts";
import { fingerprint } from "./fingerprint.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { keepsPlaces, setInPlace } from "./kept-places.ts";
import { emitMapKey } from "./map-keys.ts";
import { lookUp } from "./map-reads.ts";
import { copyMemory } from "./memory-text.ts";

type SetMap = Extract<IrStatement, { kind: "set-map" }>;

export function setMap(w: FunctionWriter, s: SetMap): void {
	const change = isScalar(s.map.value) ? ownChange(s) : undefined;
	if (keepsPlaces(w, s.map)) setInPlace(w, s);
	else if (change) changeNumber(w, s, change);
	else if (isArray(s.map)) setElement(w, s);
	else if (isScalar(s.map.value)) setNumber(w, s);
	else setMemory(w, s);
	w.known.forgetReads(s.map.symbol);
}

function isArray(map: TypedMap): boolean {
	return map.bpfType === "array" || map.bpfType === "percpu_array";
}

/** `bpf_map_update_elem`, and the loss counted where a full map is possible. */
function update(
	w: FunctionWriter,
	map: TypedMap,
	key: string,
	value: string,
	flags = "BPF_ANY",
): void {
	const call = `bpf_map_update_elem(&${map.symbol}, ${key}, ${value}, ${flags})`;
	if (map.key === undefined || map.bpfType.startsWith("lru")) {
		w.line(`${call};`);
		return;
	}
	w.line(`if (${call})`);
	w.line(`\tcount_loss(${w.script.loss("map-full", { map: map.name })});`);
}

function setElement(w: FunctionWriter, s: SetMap): void {
	const number = isScalar(s.map.value);
	const value = number ? w.temporary(s.value) : memoryOf(w, s.value);
	const { cell } = lookUp(w, s.map, s.key);
	w.block(`if (${cell})`, () => {
		if (number) w.line(`*${cell} = ${value};`);
		else copyMemory(w, cell, value, sizeOf(s.map.value));
	});
}

/** Keys that come and go are mostly new when they are set, so looking first would be in vain. */
function setNumber(w: FunctionWriter, s: SetMap): void {
	const { map } = s;
	const programs = w.script.script.programs;
	const fresh =
		map.key !== undefined &&
		(churns(programs, map) || takesKeys(programs, map));
	const stored = storedType(map.value);
	const spill = s.key !== undefined && changesState(s.value);
	if (fresh) {
		const key = emitMapKey(w, map, s.key);
		const value = w.addressed(stored, bare(emitScalar(w, s.value)));
		update(w, map, key, `&${value}`);
		return;
	}
	const early = spill
		? undefined
		: w.addressed(stored, bare(emitScalar(w, s.value)));
	const { cell, keyText } = lookUp(w, map, s.key);
	const value = early ?? w.addressed(stored, bare(emitScalar(w, s.value)));
	const found = w.region({ head: `if (${cell})` });
	w.within(found, () => w.line(`*${cell} = ${value};`));
	found.otherwise = w.aside(() => update(w, map, keyText, `&${value}`)).region;
}

function setMemory(w: FunctionWriter, s: SetMap): void {
	const key = emitMapKey(w, s.map, s.key);
	update(w, s.map, key, memoryOf(w, s.value));
}

/** `@x = @x + …`, which is what `@x += …` is: the same element on both sides. */
function ownChange(s: SetMap): IrBinary | undefined {
	const value = s.value;
	if (value.kind !== "binary") return undefined;
	const read = inner(value.left);
	if (read.kind !== "map-read" || read.target.name !== s.map.name)
		return undefined;
	if (s.map.value.kind === "aggregate" || (s.key && changesState(s.key)))
		return undefined;
	return fingerprint(read.key) === fingerprint(s.key) ? value : undefined;
}

function inner(e: IrExpr): IrExpr {
	return e.kind === "convert" && isScalar(e.operand.type)
		? inner(e.operand)
		: e;
}

function changeNumber(w: FunctionWriter, s: SetMap, change: IrBinary): void {
	const adds =
		(change.operator === "+" || change.operator === "-") &&
		sizeOf(s.map.value) === 8;
	if (adds) {
		const amount = w.local(
			wideType(change.type),
			bare(emitScalar(w, change.right)),
			"amount",
		);
		addTo(w, s.map, s.key, change.operator === "-" ? `-${amount}` : amount);
		return;
	}
	const { cell, keyText } = lookUp(w, s.map, s.key);
	const old = w.local(wideType(s.map.value), `${cell} ? *${cell} : 0`, "old");
	const slot: VariableSlot = { symbol: old, type: s.map.value };
	w.declare(slot, old);
	const changed = replaceRead(change, {
		kind: "variable",
		slot,
		type: s.map.value,
		span: s.span,
	});
	const value = w.addressed(
		storedType(s.map.value),
		bare(emitScalar(w, changed)),
	);
	if (isArray(s.map)) {
		w.block(`if (${cell})`, () => w.line(`*${cell} = ${value};`));
		return;
	}
	const found = w.region({ head: `if (${cell})` });
	w.within(found, () => w.line(`*${cell} = ${value};`));
	found.otherwise = w.aside(() =>
		update(w, s.map, keyText, `&${value}`),
	).region;
}

function replaceRead(e: IrBinary, by: IrExpr): IrBinary {
	const replace = (x: IrExpr): IrExpr =>
		x.kind === "convert" ? { ...x, operand: replace(x.operand) } : by;
	return { ...e, left: replace(e.left) };
}

/** Adds to a number in a map; `old` is a local that gets what was there before. */
function addTo(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
	amount: string,
	old?: string,
): void {
	const { cell, keyText } = lookUp(w, map, key);
	const atomic = sizeOf(map.value) >= 4;
	const add = () => {
		if (old !== undefined)
			w.line(
				`${old} = ${atomic ? `__sync_fetch_and_add(${cell}, ${amount})` : `*${cell}`};`,
			);
		else if (atomic) w.line(`__sync_fetch_and_add(${cell}, ${amount});`);
		if (!atomic) w.line(`*${cell} += ${amount};`);
	};
	const found = w.region({ head: `if (${cell})` });
	w.within(found, add);
	if (!isArray(map))
		found.otherwise = w.aside(() =>
			insertNumber(w, map, keyText, cell, amount, add),
		).region;
	w.known.forgetReads(map.symbol);
}

/** Another CPU may have inserted the key meanwhile. */
function insertNumber(
	w: FunctionWriter,
	map: TypedMap,
	key: string,
	cell: string,
	amount: string,
	add: () => void,
): void {
	const first = w.addressed(storedType(map.value), amount, "first");
	w.block(
		`if (bpf_map_update_elem(&${map.symbol}, ${key}, &${first}, BPF_NOEXIST))`,
		() => {
			w.line(`${cell} = bpf_map_lookup_elem(&${map.symbol}, ${key});`);
			const again = w.region({ head: `if (${cell})` });
			w.within(again, add);
			if (map.key !== undefined)
				again.otherwise = w.aside(() =>
					w.countLoss("map-full", { map: map.name }),
				).region;
		},
	);
}

/** `$x++`, `--@m[k]`; `used` false where nobody asks for the value. */
export function emitUpdate(
	w: FunctionWriter,
	e: IrUpdate,
	used = true,
): string {
	const amount = bare(cInteger(e.operator === "++" ? e.step : -e.step));
	if (e.target.kind === "variable")
		return updateVariable(w, e, e.target.slot, amount, used);
	const { map, key } = e.target;
	if (!used) {
		addTo(w, map, key, amount);
		return "0";
	}
	const old = w.local(storedType(map.value), "0", "old");
	addTo(w, map, key, amount, old);
	const before = narrowed(old, e.type);
	return e.prefix ? narrowed(`(${before} + ${amount})`, e.type) : before;
}

function updateVariable(
	w: FunctionWriter,
	e: IrUpdate,
	slot: VariableSlot,
	amount: string,
	used: boolean,
): string {
	const text = w.variable(slot);
	const old =
		used && !e.prefix ? w.local(wideType(slot.type), text, "old") : undefined;
	const sum = `(${text} + ${amount})`;
	w.line(
		`${text} = ${bare(sizeOf(slot.type) === 8 ? sum : narrowed(sum, slot.type))};`,
	);
	return (
		old ??
		(used ? w.local(isSigned(slot.type) ? "s64" : "u64", text, "new") : "0")
	);
}
