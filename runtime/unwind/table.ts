// One file's table: from which address on which rule holds. Made once per file.
import { frameBy } from "../../src/base/unwind-tables.ts";
import { type ElfFile, sectionBytes } from "../../src/types/elf-sections.ts";
import { ByteReader } from "./bytes.ts";
import { readFunctions } from "./eh-frame.ts";
import { FrameRules } from "./frame-program.ts";
import { bareRule, type Rule, type RuleBook } from "./rules.ts";

export interface UnwindTable {
	/** Address as linked that the rows count from. */
	readonly base: number;
	/** Bytes from `base`, ascending. */
	readonly starts: Uint32Array;
	/** The number of the rule that holds from there on. */
	readonly rules: Uint32Array;
}

const furthest = 0xffff_ffff;

/** Shorter gaps between functions only fill up to where the next one is to begin. */
const SHORTEST_GAP = 16;

/** undefined for a file that has no .eh_frame. */
export function readUnwindTable(
	elf: ElfFile,
	book: RuleBook,
): UnwindTable | undefined {
	const section = elf.sections.find((s) => s.name === ".eh_frame");
	const bytes = section && sectionBytes(elf, ".eh_frame");
	return section && bytes && makeTable(bytes, section.address, book);
}

/** Of the bytes of an .eh_frame section, and the address that it is linked to. */
export function makeTable(
	section: Uint8Array,
	address: number,
	book: RuleBook,
): UnwindTable {
	const entries = [...readFunctions(section, address)];
	entries.sort((a, b) => a.start - b.start);
	const base = entries[0]?.start ?? 0;
	const rows = new Rows(base);
	const numberOf = numberRules(book);
	const nothing = book.number(bareRule(frameBy.none));
	const frameRules = new FrameRules(new ByteReader(section));
	for (const [i, entry] of entries.entries()) {
		const next = entries[i + 1]?.start ?? Number.POSITIVE_INFINITY;
		// Of two for the same place the last is taken: they say the same.
		if (next === entry.start || entry.end - base > furthest) continue;
		frameRules.run(entry, (at, rule) => {
			if (at < next) rows.add(at, numberOf(rule));
		});
		if (entry.end + SHORTEST_GAP <= next) rows.add(entry.end, nothing);
	}
	return { base, ...rows.taken() };
}

/** Most rows say what one of a few others said: those are not looked for by text. */
function numberRules(book: RuleBook): (rule: Rule) => number {
	const known = new Map<number, number>();
	return (rule) => {
		const key = shortKey(rule);
		if (key === undefined) return book.number(rule);
		let number = known.get(key);
		if (number === undefined) {
			number = book.number(rule);
			known.set(key, number);
		}
		return number;
	};
}

/** Different for different rules; undefined for rules that are out of the ordinary. */
function shortKey(rule: Rule): number | undefined {
	const { frame, offset, added, base, returns, isSignal } = rule;
	const isUsual =
		!isSignal &&
		added === 0 &&
		returns.offset === -8 &&
		offset >= 0 &&
		offset < 2 ** 20 &&
		base.offset > -(2 ** 19) &&
		base.offset < 2 ** 19;
	if (!isUsual) return undefined;
	const kinds = (frame * 8 + base.at) * 8 + returns.at;
	return (kinds * 2 ** 20 + offset) * 2 ** 20 + base.offset + 2 ** 19;
}

class Rows {
	readonly #base: number;
	#starts = new Uint32Array(1024);
	#rules = new Uint32Array(1024);
	#count = 0;

	constructor(base: number) {
		this.#base = base;
	}

	add(address: number, rule: number): void {
		const start = address - this.#base;
		const last = this.#count - 1;
		if (last >= 0 && this.#starts[last] === start) {
			this.#rules[last] = rule;
			return;
		}
		if (last >= 0 && this.#rules[last] === rule) return;
		if (this.#count === this.#starts.length) this.#grow();
		this.#starts[this.#count] = start;
		this.#rules[this.#count] = rule;
		this.#count++;
	}

	taken(): Pick<UnwindTable, "starts" | "rules"> {
		const length = this.#count;
		return {
			starts: this.#starts.slice(0, length),
			rules: this.#rules.slice(0, length),
		};
	}

	#grow(): void {
		const wider = (old: Uint32Array): Uint32Array<ArrayBuffer> => {
			const made = new Uint32Array(old.length * 2);
			made.set(old);
			return made;
		};
		this.#starts = wider(this.#starts);
		this.#rules = wider(this.#rules);
	}
}
