// Keys of maps: built in place, every byte of them defined, in a struct of their own where they have several parts.
import type { IrExpr, TypedMap } from "../semantic/ir.ts";
import { alignOf, layOut, roundUp, sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import type { Type } from "../types/types.ts";
import { declareStored, storedType } from "./c-types.ts";
import { elementwise } from "./expressions/conversions.ts";
import { memoryOf } from "./expressions/memory.ts";
import { bare, emitScalar } from "./expressions/scalars.ts";
import { emitInto } from "./expressions/values.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { noKey } from "./known-values.ts";
import { zeroMemory } from "./memory-text.ts";
import { Names } from "./names.ts";
import { nameOf } from "./value-names.ts";

/** Bytes of a map's key. Maps without keys have one element, 0; the bucket of bucketed ones comes last. */
export function keyBytes(key: Type | undefined, bucketed: boolean): number {
	if (!key) return 4;
	const size = sizeOf(key);
	return bucketed ? roundUp(size, 4) + 4 : size;
}

/** Address of a key, as helpers take it. `bucket` is a C expression, for bucketed maps. */
export function emitMapKey(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
	bucket?: string,
): string {
	if (!key || !map.key) {
		return bucket === undefined ? noKey : `&(u32){ ${bare(bucket)} }`;
	}
	if (bucket === undefined) {
		if (isScalar(key.type)) return `&${numberKey(w, key)}`;
		if (partial(key).kind !== "tuple") return memoryOf(w, key);
	}
	return structuredKey(w, map, partial(key), bucket);
}

/** A local with the key; the same one where it is known to hold it still. */
function numberKey(w: FunctionWriter, key: IrExpr): string {
	const cType = storedType(key.type);
	const text = bare(emitScalar(w, key));
	const known = w.known.key(cType, text);
	if (known !== undefined) return known;
	const local = w.addressed(cType, text, "key");
	if (w.current === w.root) w.known.rememberKey(cType, text, local);
	return local;
}

/** A tuple made here whose elements are to be converted is a tuple of converted elements. */
function partial(key: IrExpr): IrExpr {
	return (key.kind === "convert" && elementwise(key)) || key;
}

interface Part {
	readonly type: Type;
	readonly offset: number;
	field: string;
	readonly value: IrExpr;
}

function structuredKey(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr,
	bucket: string | undefined,
): string {
	const parts = partsOf(key);
	const name = keyStruct(w, map, key, parts, bucket !== undefined);
	const size = roundUp(keyBytes(key.type, bucket !== undefined), 8);
	const access = place(w, name, size);
	const keySize = sizeOf(key.type);
	let end = 0;
	for (const part of parts) {
		const dest = register(w, access, part);
		if (part.offset > end)
			zeroMemory(w, gap(w, access, end), part.offset - end);
		emitInto(w, part.value, dest);
		end = part.offset + sizeOf(part.type);
	}
	const total = bucket === undefined ? keySize : roundUp(keySize, 4);
	if (total > end) zeroMemory(w, gap(w, access, end), total - end);
	if (bucket !== undefined) w.line(`${access}bucket = ${bare(bucket)};`);
	return access.endsWith("->")
		? access.slice(0, -2)
		: `&${access.slice(0, -1)}`;
}

/** A tuple's elements get fields of their own; any other key is one part. */
function partsOf(key: IrExpr): Part[] {
	const names = new Names();
	if (key.kind !== "tuple") {
		return [
			{
				type: key.type,
				offset: 0,
				field: names.fresh(nameOf(key)),
				value: key,
			},
		];
	}
	const { offsets } = layOut(key.elements.map((e) => e.type));
	return key.elements.map((value, i) => ({
		type: value.type,
		offset: offsets[i] ?? 0,
		field: names.fresh(nameOf(value)),
		value,
	}));
}

/** The key's struct; all uses of a map share one, with the field names of the first. */
function keyStruct(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr,
	parts: readonly Part[],
	bucketed: boolean,
): string {
	const whole = key.type.kind === "tuple" && key.kind !== "tuple";
	const name = `${map.symbol}_${whole ? "whole_key" : "key"}`;
	const known = w.script.keyStructs.get(name);
	if (known === undefined) {
		w.script.keyStructs.set(
			name,
			parts.map((p) => p.field),
		);
		w.script.structs.push({
			name,
			fields: keyFields(key.type, parts, bucketed),
		});
	}
	for (const [i, part] of parts.entries())
		part.field = known?.[i] ?? part.field;
	return name;
}

function keyFields(
	type: Type,
	parts: readonly Part[],
	bucketed: boolean,
): string[] {
	const fields: string[] = [];
	let end = 0;
	const pad = (to: number) => {
		if (to > end) fields.push(`char pad${end}[${to - end}]`);
	};
	for (const part of parts) {
		pad(part.offset);
		fields.push(declareStored(part.type, part.field));
		end = part.offset + sizeOf(part.type);
	}
	pad(bucketed ? roundUp(sizeOf(type), 4) : sizeOf(type));
	if (bucketed) fields.push("u32 bucket");
	return fields;
}

/** Room for the struct: `key.`, or `key->` in scratch memory. */
function place(w: FunctionWriter, struct: string, size: number): string {
	if (w.fitsStack(size)) {
		const name = w.frame.names.fresh("key");
		w.line(`struct ${struct} ${name} __aligned(8);`);
		return `${name}.`;
	}
	const scratch = w.scratch(size);
	return `${w.local(`struct ${struct} *`, `(void *)${scratch}`, "key")}->`;
}

/** The `char *` of a part, known to be the struct's field. */
function register(w: FunctionWriter, access: string, part: Part): string {
	const lvalue = `${access}${part.field}`;
	const dest = isScalar(part.type) ? `(char *)&${lvalue}` : lvalue;
	w.fields.set(dest, {
		number: isScalar(part.type) ? lvalue : undefined,
		align: alignedAt(part.offset, alignOf(part.type)),
	});
	return dest;
}

function gap(w: FunctionWriter, access: string, at: number): string {
	const lvalue = `${access}pad${at}`;
	w.fields.set(lvalue, { number: undefined, align: alignedAt(at, 1) });
	return lvalue;
}

function alignedAt(offset: number, least: number): number {
	return [8, 4, 2].find((a) => offset % a === 0) ?? least;
}
