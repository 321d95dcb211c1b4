/** Index of the last of ascending `values` that is not above `wanted`; -1 when all are. */
export function lastAtOrBelow(
	values: ArrayLike<number>,
	wanted: number,
): number {
	let low = 0;
	let high = values.length;
	while (low < high) {
		const middle = (low + high) >>> 1;
		if ((values[middle] ?? 0) <= wanted) low = middle + 1;
		else high = middle;
	}
	return low - 1;
}
