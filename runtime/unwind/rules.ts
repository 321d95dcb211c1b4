// What a row of a table says, and the numbers that rules are given: a few hundred do for all programs together.
import {
	frameBy,
	mostUnwindRules,
	RULE_BYTES,
	savedAt,
} from "../../src/base/unwind-tables.ts";

export interface Saved {
	readonly at: number;
	readonly offset: number;
}

export interface Rule {
	readonly frame: number;
	readonly offset: number;
	readonly added: number;
	/** The caller's rbp. */
	readonly base: Saved;
	readonly returns: Saved;
	readonly isSignal: boolean;
}

const usualReturn: Saved = { at: savedAt.frame, offset: -8 };

/** A rule that says no more than how it is with the frame. */
export function bareRule(frame: number): Rule {
	const base = { at: savedAt.same, offset: 0 };
	const isSignal = false;
	return { frame, offset: 0, added: 0, base, returns: usualReturn, isSignal };
}

/** Rule 0. */
const nothingKnown = bareRule(frameBy.none);

export class RuleBook {
	readonly #numbers = new Map<string, number>();
	readonly #rules: Rule[] = [];
	/** How many were there at the last call of `takeNew`. */
	#taken = 0;

	constructor() {
		this.number(nothingKnown);
	}

	/** The number of a rule; where there are too many, that of knowing nothing. */
	number(rule: Rule): number {
		const key = keyOf(rule);
		const known = this.#numbers.get(key);
		if (known !== undefined) return known;
		if (this.#rules.length >= mostUnwindRules) return 0;
		this.#numbers.set(key, this.#rules.length);
		// A copy: the one given may go on to say something else.
		const { frame, offset, added, base, returns, isSignal } = rule;
		const kept = { frame, offset, added, base, returns, isSignal };
		return this.#rules.push(kept) - 1;
	}

	rule(number: number): Rule {
		return this.#rules[number] ?? nothingKnown;
	}

	/** Rules that have come since the last call, as the kernel reads them, and the number of the first. */
	takeNew(): { readonly first: number; readonly bytes: Uint8Array } {
		const first = this.#taken;
		const rules = this.#rules.slice(first);
		this.#taken += rules.length;
		const bytes = new Uint8Array(rules.length * RULE_BYTES);
		const view = new DataView(bytes.buffer);
		for (const [i, rule] of rules.entries())
			writeRule(view, i * RULE_BYTES, rule);
		return { first, bytes };
	}
}

function keyOf(rule: Rule): string {
	const { frame, offset, added, base, returns, isSignal } = rule;
	return `${frame} ${offset} ${added} ${base.at} ${base.offset} ${returns.at} ${returns.offset} ${isSignal}`;
}

function writeRule(view: DataView, at: number, rule: Rule): void {
	view.setUint8(at, rule.frame);
	view.setUint8(at + 1, rule.base.at);
	view.setUint8(at + 2, rule.returns.at);
	view.setUint8(at + 3, rule.isSignal ? 1 : 0);
	view.setInt32(at + 4, rule.offset, true);
	view.setInt32(at + 8, rule.added, true);
	view.setInt32(at + 12, rule.base.offset, true);
	view.setInt32(at + 16, rule.returns.offset, true);
}
