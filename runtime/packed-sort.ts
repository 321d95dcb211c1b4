// Sorting positions by whole numbers. Numbers are sorted many times faster than by a comparison in JavaScript, so position
// and number are sorted together, as one.

/** Both fit into the 53 bits of a number that is exact. */
const MOST_POSITIONS = 2 ** 20;
const VALUE_LIMIT = 2 ** 33;

/** Positions by ascending value, those of equal values in their order; undefined where there are too many or too great ones. */
export function packedOrder(values: Float64Array): Uint32Array | undefined {
	if (values.length > MOST_POSITIONS) return undefined;
	const packed = new Float64Array(values.length);
	for (let i = 0; i < values.length; i++) {
		const value = values[i] ?? 0;
		if (value >= VALUE_LIMIT) return undefined;
		packed[i] = value * MOST_POSITIONS + i;
	}
	packed.sort();
	const positions = new Uint32Array(values.length);
	for (let i = 0; i < packed.length; i++)
		positions[i] = (packed[i] ?? 0) % MOST_POSITIONS;
	return positions;
}
