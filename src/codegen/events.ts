// Events: records in the ring buffer whose fields are written in place, and the Plan's description of them.
import type { Span } from "../base/source.ts";
import type { EventField, EventParams } from "../builtins/definition.ts";
import type { IrExpr } from "../semantic/ir.ts";
import { layOut, roundUp, sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import { uint64 } from "../types/types.ts";
import type { NamedLayoutField } from "../types/value-layout.ts";
import { declareStored } from "./c-types.ts";
import { mayLeave } from "./effects.ts";
import { memoryOf } from "./expressions/memory.ts";
import { emitInto, storeNumber } from "./expressions/values.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { copyMemory } from "./memory-text.ts";
import { fieldName, Names } from "./names.ts";
import { placeOf } from "./origin.ts";
import { valueLayout } from "./value-layouts.ts";
import { nameOf } from "./value-names.ts";

/** u32 event number, u32 reserved. */
const HEADER_BYTES = 8;

interface Field {
	readonly name: string;
	/** Of a field that writes itself only the type is there. */
	readonly value: IrExpr;
	readonly write?: EventField["write"];
}

interface PlacedField extends Field {
	readonly cName: string;
	readonly offset: number;
	/** C text of a value that had to be evaluated before the record was opened. */
	readonly early: string | undefined;
}

export function emitEvent(
	w: FunctionWriter,
	builtin: string,
	params: EventParams,
	fields: readonly Field[],
	span: Span,
	whenFull: () => void = () => {},
): void {
	const placed = placeFields(w, fields);
	const end = placed.reduce(
		(sum, f) => Math.max(sum, f.offset + sizeOf(f.value.type)),
		HEADER_BYTES,
	);
	const size = roundUp(end, 8);
	const layout = placed.map(
		(f): NamedLayoutField => ({
			name: f.name,
			offset: f.offset,
			layout: valueLayout(f.value.type, w.script.types),
		}),
	);
	const number = w.script.addEvent({
		builtin,
		size,
		fields: layout,
		params,
		place: placeOf(span),
	});
	const struct = `event_${number}`;
	w.script.structs.push({ name: struct, fields: structFields(placed, size) });
	// Nothing may be put between opening the record and closing it that could leave the program.
	w.within(w.region({ barrier: true }), () =>
		writeRecord(w, struct, number, placed, whenFull),
	);
}

const packetFields = ["time", "length"];

/** An event of the fields above with bytes of a packet behind it, on a way of its own: the ring buffer has no such records. */
export function emitPacket(
	w: FunctionWriter,
	builtin: string,
	params: EventParams,
	packet: string,
	length: string,
	span: Span,
): string {
	const fields = packetFields.map((name, i) => ({
		name,
		offset: HEADER_BYTES + i * 8,
		layout: valueLayout(uint64, w.script.types),
	}));
	const size = HEADER_BYTES + fields.length * 8;
	const event = { builtin, size, fields, params, place: placeOf(span) };
	const number = w.script.addEvent(event);
	w.include("packets");
	const map = w.auxiliaryMap({
		symbol: "packets",
		role: "packets",
		type: "perf_event_array",
		keySize: 4,
		valueSize: 4,
		// libbpf makes one for each CPU.
		maxEntries: 0,
	});
	const call = `send_packet((void *)${packet}, ${map}, ${number}, ${length})`;
	const sent = w.local("s64", call, "sent");
	w.block(`if (${sent} == PACKET_NO_ROOM)`, () => w.countLoss("ring-full"));
	return sent;
}

function placeFields(
	w: FunctionWriter,
	fields: readonly Field[],
): PlacedField[] {
	const names = new Names();
	names.fresh("header");
	const { offsets } = layOut(fields.map((f) => f.value.type));
	return fields.map(({ name, value, write }, i) => ({
		name,
		value,
		write,
		cName: names.fresh(write ? fieldName(name) : nameOf(value)),
		offset: HEADER_BYTES + (offsets[i] ?? 0),
		early: !write && mayLeave(value) ? evaluateEarly(w, value) : undefined,
	}));
}

function evaluateEarly(w: FunctionWriter, value: IrExpr): string {
	return isScalar(value.type) ? w.temporary(value) : memoryOf(w, value, true);
}

function structFields(fields: readonly PlacedField[], size: number): string[] {
	const lines = ["u64 header"];
	let end = HEADER_BYTES;
	for (const f of fields) {
		if (f.offset > end) lines.push(`char pad${end}[${f.offset - end}]`);
		lines.push(declareStored(f.value.type, f.cName));
		end = f.offset + sizeOf(f.value.type);
	}
	if (size > end) lines.push(`char pad${end}[${size - end}]`);
	return lines;
}

function writeRecord(
	w: FunctionWriter,
	struct: string,
	number: number,
	fields: readonly PlacedField[],
	whenFull: () => void,
): void {
	const reserve = `bpf_ringbuf_reserve(&ring, sizeof(struct ${struct}), 0)`;
	const event = w.local(`struct ${struct} *`, reserve, "event");
	const open = w.region({ head: `if (${event})` });
	w.within(open, () => {
		w.line(`${event}->header = ${number};`);
		for (const f of fields) writeField(w, event, f);
		w.line(`ring_submit(${event});`);
	});
	open.otherwise = w.aside(() => {
		w.countLoss("ring-full");
		whenFull();
	}).region;
}

function writeField(w: FunctionWriter, event: string, f: PlacedField): void {
	const lvalue = `${event}->${f.cName}`;
	const { type } = f.value;
	const dest = isScalar(type) ? `(char *)&${lvalue}` : lvalue;
	const align = [8, 4, 2].find((a) => f.offset % a === 0) ?? 1;
	w.fields.set(dest, {
		number: isScalar(type) ? lvalue : undefined,
		align,
	});
	if (f.write) f.write(w, dest);
	else if (f.early === undefined) emitInto(w, f.value, dest, true);
	else if (isScalar(type)) storeNumber(w, dest, type, f.early);
	else copyMemory(w, dest, f.early, sizeOf(type));
}
