// Nearest-name suggestions, used wherever a name is unknown.

/** The candidate nearest to `name` by edit distance, or undefined when none is near enough to be meant. */
export function nearestName(
	name: string,
	candidates: Iterable<string>,
): string | undefined {
	// Any two names of one letter are near each other.
	const limit = name.length < 2 ? 0 : Math.max(1, Math.floor(name.length / 3));
	const wanted = name.toLowerCase();
	const letters = countLetters(wanted);
	let best: string | undefined;
	let bestDistance = limit + 1;
	let bestRank = 0;
	for (const candidate of candidates) {
		const gap = Math.abs(candidate.length - name.length);
		if (gap > bestDistance) continue;
		const other = candidate.toLowerCase();
		const apart = lettersApart(letters, wanted.length, other);
		if (apart > bestDistance) continue;
		const distance = editDistance(wanted, other, bestDistance + 1);
		// Of two that are as near: letters are swapped or left out more often than wrong.
		const likely = apart === 0 || isWithin(wanted, other);
		const rank = likely ? 0 : gap + 1;
		const nearer =
			distance < bestDistance ||
			(distance === bestDistance && best !== undefined && rank < bestRank);
		if (nearer) {
			bestRank = rank;
			best = candidate;
			bestDistance = distance;
		}
	}
	return best;
}

/** True where all letters of `short` stand in `long`, in this order. */
function isWithin(short: string, long: string): boolean {
	let found = 0;
	for (const letter of long) if (letter === short[found]) found++;
	return found === short.length;
}

/** How often each character code is in `text`; codes above 127 share places, which only makes names seem nearer. */
function countLetters(text: string): Int16Array {
	const counts = new Int16Array(128);
	for (let i = 0; i < text.length; i++)
		counts[text.charCodeAt(i) & 127] = at(counts, text, i) + 1;
	return counts;
}

function at(counts: Int16Array, text: string, i: number): number {
	return counts[text.charCodeAt(i) & 127] ?? 0;
}

/**
 * The least number of edits between two texts by their letters alone: quickly counted, it spares most of a kernel's
 * hundred thousand symbols the look at the order of their letters. `counts` are those of the text of `length` letters.
 */
function lettersApart(
	counts: Int16Array,
	length: number,
	other: string,
): number {
	let extra = 0;
	for (let i = 0; i < other.length; i++) {
		const left = at(counts, other, i);
		if (left <= 0) extra++;
		counts[other.charCodeAt(i) & 127] = left - 1;
	}
	for (let i = 0; i < other.length; i++)
		counts[other.charCodeAt(i) & 127] = at(counts, other, i) + 1;
	return Math.max(extra, length - (other.length - extra));
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
