// Debug information as a tree of entries (DIEs): what libdw hands out, with the pointers and buffers taken care of.
import type { Ffi } from "../ffi/ffi.ts";
import { At, type LibdwFunctions, Tag } from "./libdw.ts";
import { type FindUnit, unitFinder } from "./unit-ranges.ts";

/** A `Dwarf_Die`: bytes that only libdw looks into. */
export type Die = Uint8Array;

const dieBytes = 32;
const attributeBytes = 24;

/** A compilation unit: where its code is told, and where its types are, which may be a file of its own (.dwo). */
export interface Unit {
	readonly skeleton: Die;
	readonly full: Die;
}

/** The entries of one file. What is read is not freed: it lives as long as the process, as what it is needed for. */
export interface Dies {
	units(): readonly Unit[];
	/** The unit with the code at an address. */
	unitAt(address: number): Unit | undefined;
	/** The function that starts at an address. */
	functionAt(address: number): Die | undefined;
	children(die: Die): Iterable<Die>;
	tag(die: Die): number;
	name(die: Die): string;
	/** Same for all copies of an entry. */
	identity(die: Die): bigint;
	/** An unsigned constant; undefined where the attribute is missing or no constant. */
	number(die: Die, attribute: number): number | undefined;
	signed(die: Die, attribute: number): bigint | undefined;
	/** What `DW_AT_type` refers to; undefined for void. */
	type(die: Die): Die | undefined;
	has(die: Die, attribute: number): boolean;
	/** What encloses an address, innermost first: blocks, calls that were inlined, the function. */
	scopes(unit: Unit, address: number): readonly Die[];
	/** A text; undefined where the attribute is missing or no text. */
	text(die: Die, attribute: number): string | undefined;
	/** Rows of a unit's line table, in their order. */
	lines(unit: Unit): Iterable<SourceLine>;
}

export interface SourceLine {
	/** Path of the source file, as the compiler was called. */
	readonly file: string;
	readonly line: number;
	/** 0 where the compiler told none. */
	readonly column: number;
	readonly address: number;
}

/** Opens the debug information behind a file descriptor, which stays open; undefined where there is none. */
export function openDies(
	ffi: Ffi,
	libdw: LibdwFunctions,
	fd: number,
): Dies | undefined {
	const dwarf = libdw.dwarf_begin(fd, 0);
	if (dwarf === null) return undefined;
	const readers = attributeReaders(ffi, libdw);
	let all: readonly Unit[] | undefined;
	let inRanges: FindUnit | undefined;
	const units = () => {
		all ??= readUnits(libdw, dwarf);
		return all;
	};
	const unitAt = (address: number): Unit | undefined => {
		const found = newDie();
		if (libdw.dwarf_addrdie(dwarf, address, found) !== null) {
			// A program may have thousands of units; only what is in other files needs the list of them.
			if (!inOtherFile(readers, found)) return { skeleton: found, full: found };
			const id = identity(found);
			const unit = units().find((u) => identity(u.skeleton) === id);
			if (unit) return unit;
		}
		inRanges ??= unitFinder(libdw, units());
		return inRanges(address);
	};
	return {
		...readers,
		units,
		unitAt,
		functionAt(address) {
			const unit = unitAt(address);
			return unit && functionIn(ffi, libdw, unit, address);
		},
		scopes: (unit, address) => scopesIn(ffi, libdw, unit, address),
		children: (die) => childrenOf(libdw, die),
		tag: (die) => libdw.dwarf_tag(die),
		name: (die) => libdw.dwarf_diename(die) ?? "",
		identity,
		lines: (unit) => linesOf(libdw, unit),
	};
}

/** Whether a unit's types and blocks are in a `.dwo` or `.dwp`. */
function inOtherFile({ has }: Readers, unit: Die): boolean {
	return has(unit, At.dwoName) || has(unit, At.gnuDwoName);
}

function newDie(): Die {
	return new Uint8Array(dieBytes);
}

function identity(die: Die): bigint {
	return new DataView(die.buffer, die.byteOffset).getBigUint64(0, true);
}

type Readers = Pick<Dies, "number" | "signed" | "text" | "type" | "has">;

function attributeReaders(ffi: Ffi, libdw: LibdwFunctions): Readers {
	const attribute = ffi.allocate(attributeBytes).bytes;
	const value = ffi.allocate(8);
	const find = (die: Die, name: number) =>
		libdw.dwarf_attr_integrate(die, name, attribute) !== null;
	return {
		has: find,
		number(die, name) {
			if (!find(die, name)) return undefined;
			if (libdw.dwarf_formudata(attribute, value.bytes) !== 0) return undefined;
			return Number(value.view.getBigUint64(0, true));
		},
		signed(die, name) {
			if (!find(die, name)) return undefined;
			if (libdw.dwarf_formsdata(attribute, value.bytes) !== 0) return undefined;
			return value.view.getBigInt64(0, true);
		},
		text: (die, name) =>
			find(die, name)
				? (libdw.dwarf_formstring(attribute) ?? undefined)
				: undefined,
		type(die) {
			if (!find(die, At.type)) return undefined;
			const found = newDie();
			return libdw.dwarf_formref_die(attribute, found) === null
				? undefined
				: found;
		},
	};
}

function readUnits(libdw: LibdwFunctions, dwarf: bigint): readonly Unit[] {
	const units: Unit[] = [];
	let before: Uint8Array | null = null;
	for (;;) {
		const unit = new BigUint64Array(1);
		const skeleton = newDie();
		const split = newDie();
		const at = before && new DataView(before.buffer).getBigUint64(0, true);
		const out = new Uint8Array(unit.buffer);
		const rc = libdw.dwarf_get_units(
			dwarf,
			at,
			out,
			null,
			null,
			skeleton,
			split,
		);
		if (rc !== 0) return units;
		units.push({ skeleton, full: identity(split) === 0n ? skeleton : split });
		before = out;
	}
}

function* childrenOf(libdw: LibdwFunctions, die: Die): Iterable<Die> {
	let at = newDie();
	let rc = libdw.dwarf_child(die, at);
	while (rc === 0) {
		yield at;
		const next = newDie();
		rc = libdw.dwarf_siblingof(at, next);
		at = next;
	}
}

/**
 * By address, libdw goes on from a call that was inlined to where its function is declared; what stands around the
 * entry itself it tells by entry only, for which it walks through the whole unit.
 */
function scopesIn(
	ffi: Ffi,
	libdw: LibdwFunctions,
	unit: Unit,
	address: number,
): readonly Die[] {
	const found = takeDies(ffi, libdw, (out) =>
		libdw.dwarf_getscopes(unit.full, address, out),
	);
	const [innermost] = found;
	if (innermost === undefined || !beginsInlined(libdw, found)) return found;
	return takeDies(ffi, libdw, (out) =>
		libdw.dwarf_getscopes_die(innermost, out),
	);
}

/** Whether a call that was inlined comes before the function in whose code it is. */
function beginsInlined(libdw: LibdwFunctions, dies: readonly Die[]): boolean {
	for (const die of dies) {
		const tag = libdw.dwarf_tag(die);
		if (tag === Tag.inlined) return true;
		if (tag === Tag.subprogram) return false;
	}
	return false;
}

/** Entries that libdw hands out as a list that is to be freed. */
function takeDies(
	ffi: Ffi,
	libdw: LibdwFunctions,
	list: (out: Uint8Array) => number,
): readonly Die[] {
	const out = ffi.allocate(8);
	const count = list(out.bytes);
	if (count <= 0) return [];
	const at = out.view.getBigUint64(0, true);
	const bytes = new Uint8Array(ffi.view(at, count * dieBytes)).slice();
	libdw.free(at);
	return Array.from({ length: count }, (_, i) =>
		bytes.slice(i * dieBytes, (i + 1) * dieBytes),
	);
}

/** Code of other functions may be inlined right at the start. */
function functionIn(
	ffi: Ffi,
	libdw: LibdwFunctions,
	unit: Unit,
	address: number,
): Die | undefined {
	const out = ffi.allocate(8);
	return scopesIn(ffi, libdw, unit, address).find(
		(die) =>
			libdw.dwarf_tag(die) === Tag.subprogram &&
			libdw.dwarf_lowpc(die, out.bytes) === 0 &&
			out.view.getBigUint64(0, true) === BigInt(address),
	);
}

function* linesOf(
	libdw: LibdwFunctions,
	{ skeleton }: Unit,
): Iterable<SourceLine> {
	const lines = new BigUint64Array(1);
	const count = new BigUint64Array(1);
	const asBytes = (numbers: BigUint64Array) => new Uint8Array(numbers.buffer);
	const rc = libdw.dwarf_getsrclines(skeleton, asBytes(lines), asBytes(count));
	if (rc !== 0) return;
	const line = new Int32Array(1);
	const column = new Int32Array(1);
	const address = new BigUint64Array(1);
	for (let i = 0; i < Number(count[0]); i++) {
		const row = libdw.dwarf_onesrcline(lines[0] ?? 0n, i);
		if (row === null) continue;
		libdw.dwarf_lineno(row, new Uint8Array(line.buffer));
		libdw.dwarf_linecol(row, new Uint8Array(column.buffer));
		libdw.dwarf_lineaddr(row, asBytes(address));
		yield {
			file: libdw.dwarf_linesrc(row, null, null) ?? "",
			line: line[0] ?? 0,
			column: column[0] ?? 0,
			address: Number(address[0]),
		};
	}
}
