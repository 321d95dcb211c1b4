// Reading integers out of records. 64-bit ones become doubles wherever that is exact, since BigInt is many times slower.

export type IntegerSize = 1 | 2 | 4 | 8;

const two32 = 0x1_0000_0000;
/** High words below this give an integer that a double holds exactly. */
const exactHigh = 0x20_0000;

export function readUnsigned(view: DataView, at: number): number | bigint {
	const high = view.getUint32(at + 4, true);
	if (high < exactHigh) return high * two32 + view.getUint32(at, true);
	return view.getBigUint64(at, true);
}

export function readSigned(view: DataView, at: number): number | bigint {
	const high = view.getInt32(at + 4, true);
	if (high < exactHigh && high >= -exactHigh)
		return high * two32 + view.getUint32(at, true);
	return view.getBigInt64(at, true);
}

export type IntegerReader = (view: DataView, at: number) => number | bigint;

/** How an integer of that size and sign is read. */
export function integerReader(
	size: IntegerSize,
	signed: boolean,
): IntegerReader {
	switch (size) {
		case 1:
			return signed ? (v, at) => v.getInt8(at) : (v, at) => v.getUint8(at);
		case 2:
			return signed
				? (v, at) => v.getInt16(at, true)
				: (v, at) => v.getUint16(at, true);
		case 4:
			return signed
				? (v, at) => v.getInt32(at, true)
				: (v, at) => v.getUint32(at, true);
		case 8:
			return signed ? readSigned : readUnsigned;
	}
}

const billion = 1_000_000_000;

/** In decimal. Doubles beyond 32 bits take V8 four times as long in one piece as in two. */
export function integerText(value: number | bigint): string {
	if (typeof value === "bigint") return value.toString();
	const high = Math.trunc(value / billion);
	// Times, which most large numbers are, have few digits more than nine; what has none, or a sign, is left to V8.
	if (high <= 0) return String(value);
	const low = value - high * billion;
	return low >= billion / 10
		? `${high}${low}`
		: `${high}${String(billion + low).slice(1)}`;
}

/** 64 bits of a cell, by sign. */
export function readWord(view: DataView, at: number, signed: boolean): bigint {
	return signed ? view.getBigInt64(at, true) : view.getBigUint64(at, true);
}

/** Division as C does it; dividing by 1 or 0 leaves the value. */
export function divide(value: number | bigint, by: number): number | bigint {
	if (by <= 1) return value;
	return typeof value === "bigint"
		? value / BigInt(by)
		: Math.trunc(value / by);
}

/** The greatest of values that are not negative; 0 when there are none. */
export function greatest(values: Iterable<bigint>): bigint {
	let most = 0n;
	for (const value of values) if (value > most) most = value;
	return most;
}
