// The histogram table of bcc's tools: `     usecs               : count    distribution`, then
// `         2 -> 3          : 4821     |****************************************|`.

import { greatest } from "./integers.ts";

export interface Log2Slots {
	readonly negative: bigint;
	/** Slot 0 holds 0 and 1, slot n the values from 2^n to 2^(n+1) - 1. */
	readonly counts: readonly bigint[];
}

const maxStars = 40;
/** Above this slot the numbers need 20 columns instead of 10, and bars are half as long. */
const lastNarrowSlot = 32;

/** Rows, each with its line end; empty when nothing was counted. Rows start at slot 0 and end at the last filled one. */
export function log2Table(slots: Log2Slots, unit: string): string {
	const last = slots.counts.findLastIndex((count) => count > 0n);
	if (last < 0 && slots.negative === 0n) return "";
	const wide = last > lastNarrowSlot;
	const heading = `${" ".repeat(wide ? 15 : 5)}${unit.padEnd(wide ? 29 : 19)} : count    distribution\n`;
	const most = greatest([...slots.counts, slots.negative]);
	const width = wide ? 20 : 10;
	const stars = wide ? maxStars / 2 : maxStars;
	const row = (low: string, high: string, count: bigint) =>
		`${low.padStart(width)} -> ${high.padEnd(width)} : ${String(count).padEnd(8)} |${bar(count, most, stars)}|\n`;
	const rows = slots.counts
		.slice(0, last + 1)
		.map((count, slot) => row(...slotRange(slot), count));
	// Latencies are never negative; where something else is, it has a row of its own before all others.
	if (slots.negative > 0n) rows.unshift(row("...", "-1", slots.negative));
	return heading + rows.join("");
}

function slotRange(slot: number): [low: string, high: string] {
	const low = slot === 0 ? 0n : 1n << BigInt(slot);
	return [String(low), String((2n << BigInt(slot)) - 1n)];
}

/** The longest bar loses no star to rounding: the greatest count always fills it. */
export function bar(count: bigint, most: bigint, width: number): string {
	const length = most === 0n ? 0 : Number((count * BigInt(width)) / most);
	return "*".repeat(length).padEnd(width);
}
