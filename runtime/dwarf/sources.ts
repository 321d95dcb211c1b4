// Where code comes from: source file and line of an address, and the calls there that the compiler has inlined.
import type { Die, Dies, Unit } from "./dies.ts";
import { At, type LibdwFunctions, Tag } from "./libdw.ts";

export interface SourcePlace {
	readonly file: string;
	readonly line: number;
}

export interface InlinedCall {
	/** As the linker would call it, where the compiler tells that. */
	readonly name: string;
	readonly place: SourcePlace | undefined;
}

export interface CodeOrigin {
	/** In the function whose code it is: where it calls the outermost of the inlined ones. */
	readonly place: SourcePlace | undefined;
	/** Innermost first. */
	readonly inlined: readonly InlinedCall[];
}

export interface SourcePlaces {
	/** `address` as linked. */
	at(address: number): CodeOrigin | undefined;
}

export function sourcePlaces(libdw: LibdwFunctions, dies: Dies): SourcePlaces {
	return {
		at(address) {
			const unit = dies.unitAt(address);
			return unit && originIn(libdw, dies, unit, address);
		},
	};
}

function originIn(
	libdw: LibdwFunctions,
	dies: Dies,
	unit: Unit,
	address: number,
): CodeOrigin {
	const inlined: InlinedCall[] = [];
	// What runs is on the line of the address; each function around it is where it calls the one within.
	let place = lineOf(libdw, unit, address);
	for (const die of dies.scopes(unit, address)) {
		const tag = dies.tag(die);
		if (tag === Tag.subprogram) break;
		if (tag !== Tag.inlined) continue;
		inlined.push({ name: nameOf(dies, die), place });
		place = callOf(libdw, dies, unit, die);
	}
	return { place, inlined };
}

function nameOf(dies: Dies, die: Die): string {
	return dies.text(die, At.linkageName) ?? dies.name(die);
}

function lineOf(
	libdw: LibdwFunctions,
	{ skeleton }: Unit,
	address: number,
): SourcePlace | undefined {
	const row = libdw.dwarf_getsrc_die(skeleton, address);
	if (row === null) return undefined;
	const line = new Int32Array(1);
	libdw.dwarf_lineno(row, new Uint8Array(line.buffer));
	const file = libdw.dwarf_linesrc(row, null, null);
	return file === null || !line[0] ? undefined : { file, line: line[0] };
}

/** Where a call stands that was inlined. */
function callOf(
	libdw: LibdwFunctions,
	dies: Dies,
	{ full }: Unit,
	die: Die,
): SourcePlace | undefined {
	const number = dies.number(die, At.callFile);
	const line = dies.number(die, At.callLine);
	if (number === undefined || line === undefined) return undefined;
	const files = new BigUint64Array(1);
	const list = new Uint8Array(files.buffer);
	if (libdw.dwarf_getsrcfiles(full, list, null) !== 0) return undefined;
	const file = libdw.dwarf_filesrc(files[0] ?? 0n, number, null, null);
	return file === null ? undefined : { file, line };
}
