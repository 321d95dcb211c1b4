// How types meet: the common type of two values that go to one variable, map cell or result. Follows bpftrace 0.26.
import type { IntType, Type } from "../types/types.ts";
import { pointerTo, sameType, uint64 } from "../types/types.ts";

/** The type that holds both, or undefined when they do not go together. */
export function joinTypes(a: Type, b: Type): Type | undefined {
	if (sameType(a, b)) return a;
	if (a.kind === "int" && b.kind === "int") return joinInts(a, b);
	if (a.kind === "string" && b.kind === "string")
		return a.size >= b.size ? a : b;
	if (a.kind === "buffer" && b.kind === "buffer")
		return a.size >= b.size ? a : b;
	if (a.kind === "pointer" && b.kind === "pointer") return joinPointers(a, b);
	if (a.kind === "tuple" && b.kind === "tuple")
		return joinTuples(a.elements, b.elements);
	if (a.kind === "record" && b.kind === "record") return joinRecords(a, b);
	if (a.kind === "enum" && b.kind === "enum")
		return a.name === b.name ? a : undefined;
	if (a.kind === "enum" && b.kind === "int")
		return joinInts({ kind: "int", size: a.size, signed: a.signed }, b);
	if (a.kind === "int" && b.kind === "enum")
		return joinInts(a, { kind: "int", size: b.size, signed: b.signed });
	if (a.kind === "opaque" && b.kind === "opaque") return joinOpaque(a, b);
	if ((a.kind === "struct" || a.kind === "union") && a.kind === b.kind)
		return a.name === b.name ? a : undefined;
	if (a.kind === "aggregate" && b.kind === "aggregate")
		return joinAggregates(a, b);
	return undefined;
}

/** As keys, pointers and plain addresses are the same: `@start[arg0]` in one probe, `@start[retval]` in another. */
export function joinKeys(a: Type, b: Type): Type | undefined {
	if (a.kind === "tuple" && b.kind === "tuple") {
		if (a.elements.length !== b.elements.length) return undefined;
		const elements = a.elements.map((e, i) => joinKeys(e, b.elements[i] ?? e));
		if (elements.every((e, i) => e === a.elements[i])) return a;
		return elements.every((e) => e !== undefined)
			? { kind: "tuple", elements }
			: undefined;
	}
	const [address, pointer] = a.kind === "int" ? [a, b] : [b, a];
	if (pointer.kind !== "pointer" || address.kind !== "int")
		return joinTypes(a, b);
	return address.size === 8 ? uint64 : undefined;
}

/** Ints of unlike sign become the next larger signed type, int64 at most; literals take the other's sign. */
export function joinInts(a: IntType, b: IntType): IntType {
	const size = Math.max(a.size, b.size) as IntType["size"];
	const flexible = a.flexible === true && b.flexible === true;
	if (a.signed === b.signed || a.flexible || b.flexible) {
		const signed =
			a.signed === b.signed ? a.signed : a.flexible ? b.signed : a.signed;
		return flexible
			? { kind: "int", size, signed, flexible }
			: { kind: "int", size, signed };
	}
	const larger = a.size > b.size ? a : b;
	if (a.size !== b.size && larger.signed)
		return { kind: "int", size, signed: true };
	return {
		kind: "int",
		size: Math.min(8, size * 2) as IntType["size"],
		signed: true,
	};
}

/** What the parameters mean, such as a stack's depth, is needed to print the value. */
function joinOpaque(
	a: Type & { kind: "opaque" },
	b: Type & { kind: "opaque" },
): Type | undefined {
	if (a.name !== b.name) return undefined;
	if (JSON.stringify(a.params) !== JSON.stringify(b.params)) return undefined;
	return a.size >= b.size ? a : b;
}

function joinPointers(
	a: Type & { kind: "pointer" },
	b: Type & { kind: "pointer" },
): Type | undefined {
	const space =
		a.space === b.space || b.space === "none"
			? a.space
			: a.space === "none"
				? b.space
				: "either";
	const trusted = a.trusted === true && b.trusted === true;
	if (a.to.kind === "void") return pointerTo(b.to, space, trusted);
	if (b.to.kind === "void") return pointerTo(a.to, space, trusted);
	const to = joinTypes(a.to, b.to);
	return to === undefined ? undefined : pointerTo(to, space, trusted);
}

function joinTuples(a: readonly Type[], b: readonly Type[]): Type | undefined {
	if (a.length !== b.length) return undefined;
	const elements: Type[] = [];
	for (const [i, left] of a.entries()) {
		const right = b[i];
		const joined = right && joinTypes(left, right);
		if (!joined) return undefined;
		elements.push(joined);
	}
	return { kind: "tuple", elements };
}

/** Records join by field name; the first one's order stays. */
function joinRecords(
	a: Type & { kind: "record" },
	b: Type & { kind: "record" },
): Type | undefined {
	if (a.fields.length !== b.fields.length) return undefined;
	const fields: { name: string; type: Type }[] = [];
	for (const field of a.fields) {
		const other = b.fields.find((f) => f.name === field.name);
		const joined = other && joinTypes(field.type, other.type);
		if (!joined) return undefined;
		fields.push({ name: field.name, type: joined });
	}
	return { kind: "record", fields };
}

function joinAggregates(
	a: Type & { kind: "aggregate" },
	b: Type & { kind: "aggregate" },
): Type | undefined {
	if (
		a.name !== b.name ||
		JSON.stringify(a.params) !== JSON.stringify(b.params)
	)
		return undefined;
	return { ...a, of: joinInts(a.of, b.of) };
}

/** The type without marks that only matter while types are being found. */
export function settled(type: Type): Type {
	if (type.kind === "int" && type.flexible)
		return { kind: "int", size: type.size, signed: type.signed };
	if (type.kind === "tuple")
		return { kind: "tuple", elements: type.elements.map(settled) };
	if (type.kind === "record") {
		return {
			kind: "record",
			fields: type.fields.map((f) => ({ name: f.name, type: settled(f.type) })),
		};
	}
	return type;
}

/** The type as it comes out of a map: the verifier has forgotten by then what a pointer points to. */
export function withoutTrust(type: Type): Type {
	if (type.kind === "pointer" && type.trusted)
		return pointerTo(type.to, type.space);
	if (type.kind === "tuple") {
		return { kind: "tuple", elements: type.elements.map(withoutTrust) };
	}
	if (type.kind === "record") {
		return {
			kind: "record",
			fields: type.fields.map((f) => ({
				name: f.name,
				type: withoutTrust(f.type),
			})),
		};
	}
	return type;
}
