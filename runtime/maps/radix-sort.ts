// Sorting elements by a column of numbers, digit by digit: a million in some 50 ms, ten times as fast as comparing them.

/** 2048 counters stay in the processor's first cache. */
const digitBits = 11;
const digits = 1 << digitBits;
const wordBits = 32;

/**
 * The indices in ascending order of their numbers in `column`; those of equal numbers stay as they were (least
 * significant digit first, each pass keeps the order of the one before).
 */
export function sortByNumbers(
	indices: Uint32Array,
	column: Float64Array,
): Uint32Array {
	const { low, high } = sortableWords(column);
	let from: Uint32Array = indices;
	let to: Uint32Array = new Uint32Array(indices.length);
	for (const words of [low, high]) {
		for (let shift = 0; shift < wordBits; shift += digitBits) {
			if (!sortByDigit(from, to, words, shift)) continue;
			[from, to] = [to, from];
		}
	}
	return from;
}

/** The numbers' bits such that unsigned comparison orders them: negative ones turned over, the others above them. */
function sortableWords(column: Float64Array): {
	readonly low: Uint32Array;
	readonly high: Uint32Array;
} {
	const { length } = column;
	const low = new Uint32Array(length);
	const high = new Uint32Array(length);
	const bits = new DataView(new ArrayBuffer(8));
	for (let i = 0; i < length; i++) {
		// -0 equals 0.
		bits.setFloat64(0, (column[i] ?? 0) + 0);
		const top = bits.getUint32(0);
		const turn = top & 0x8000_0000 ? 0xffff_ffff : 0;
		high[i] = top ^ (turn | 0x8000_0000);
		low[i] = bits.getUint32(4) ^ turn;
	}
	return { low, high };
}

/** False when the digit is the same in all, so that there was nothing to do. */
function sortByDigit(
	from: Uint32Array,
	to: Uint32Array,
	words: Uint32Array,
	shift: number,
): boolean {
	const starts = new Uint32Array(digits);
	const mask = digits - 1;
	const { length } = words;
	for (let i = 0; i < length; i++) {
		const digit = ((words[i] ?? 0) >>> shift) & mask;
		starts[digit] = (starts[digit] ?? 0) + 1;
	}
	let before = 0;
	for (let digit = 0; digit < digits; digit++) {
		const count = starts[digit] ?? 0;
		if (count === length) return false;
		starts[digit] = before;
		before += count;
	}
	for (let i = 0; i < length; i++) {
		const index = from[i] ?? 0;
		const digit = ((words[index] ?? 0) >>> shift) & mask;
		const place = starts[digit] ?? 0;
		starts[digit] = place + 1;
		to[place] = index;
	}
	return true;
}
