// Which compilation unit an address is in, for files whose table of address ranges (.debug_aranges) leaves units out: clang
// writes none. The ranges of all units are listed once, as asking each unit for each address takes milliseconds.
import { lastAtOrBelow } from "../symbols/ascending.ts";
import type { Unit } from "./dies.ts";
import type { LibdwFunctions } from "./libdw.ts";

interface Range {
	readonly start: number;
	/** Not included. */
	readonly end: number;
	readonly unit: Unit;
}

export type FindUnit = (address: number) => Unit | undefined;

export function unitFinder(
	libdw: LibdwFunctions,
	units: readonly Unit[],
): FindUnit {
	const ranges = units.flatMap((unit) => [...rangesOf(libdw, unit)]);
	ranges.sort((a, b) => a.start - b.start);
	const starts = ranges.map(({ start }) => start);
	return (address) => {
		const range = ranges[lastAtOrBelow(starts, address)];
		return range && address < range.end ? range.unit : undefined;
	};
}

function* rangesOf(libdw: LibdwFunctions, unit: Unit): Iterable<Range> {
	const base = outNumber();
	const start = outNumber();
	const end = outNumber();
	let offset = 0;
	for (;;) {
		offset = libdw.dwarf_ranges(
			unit.skeleton,
			offset,
			base.bytes,
			start.bytes,
			end.bytes,
		);
		// 0: that was all; -1: they can't be read.
		if (offset <= 0) return;
		yield { start: Number(start.value[0]), end: Number(end.value[0]), unit };
	}
}

/** Room for a number that libdw writes. */
function outNumber(): { value: BigUint64Array; bytes: Uint8Array } {
	const value = new BigUint64Array(1);
	return { value, bytes: new Uint8Array(value.buffer) };
}
