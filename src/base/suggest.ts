// Nearest-name suggestions, used wherever a name is unknown.

/** The candidate nearest to `name` by edit distance, or undefined when none is near enough to be meant. */
export function nearestName(
	name: string,
	candidates: Iterable<string>,
): string | undefined {
	// Any two names of one letter are near each other.
	const limit = name.length < 2 ? 0 : Math.max(1, Math.floor(name.length / 3));
	let best: string | undefined;
	let bestDistance = limit + 1;
	let bestGap = 0;
	for (const candidate of candidates) {
		const gap = Math.abs(candidate.length - name.length);
		if (gap > bestDistance) continue;
		const distance = editDistance(
			name.toLowerCase(),
			candidate.toLowerCase(),
			bestDistance + 1,
		);
		// Of two that are as near, the one of the same length: letters are swapped more often than left out.
		const nearer =
			distance < bestDistance ||
			(distance === bestDistance && best !== undefined && gap < bestGap);
		if (nearer) {
			bestGap = gap;
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/** Optimal string alignment distance (a swap of neighbours counts once); gives up at `limit`. */
export function editDistance(
	a: string,
	b: string,
	limit = Number.POSITIVE_INFINITY,
): number {
	let beforeLast: number[] = [];
	let last = Array.from({ length: b.length + 1 }, (_, i) => i);
	for (let i = 1; i <= a.length; i++) {
		const row = [i];
		let least = i;
		for (let j = 1; j <= b.length; j++) {
			const same = a[i - 1] === b[j - 1];
			let cost = Math.min(
				(last[j] ?? 0) + 1,
				(row[j - 1] ?? 0) + 1,
				(last[j - 1] ?? 0) + (same ? 0 : 1),
			);
			if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
				cost = Math.min(cost, (beforeLast[j - 2] ?? 0) + 1);
			}
			row.push(cost);
			least = Math.min(least, cost);
		}
		if (least >= limit) return limit;
		beforeLast = last;
		last = row;
	}
	return last[b.length] ?? 0;
}
