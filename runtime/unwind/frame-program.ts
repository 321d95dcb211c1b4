// Call frame instructions (DW_CFA) of a function → rules, each from some address on.
import { frameBy, savedAt } from "../../src/base/unwind-tables.ts";
import type { ByteReader } from "./bytes.ts";
import type { CommonEntry, FunctionEntry } from "./eh-frame.ts";
import { type Frame, frameOf, placeOf, registers } from "./expressions.ts";
import type { Rule, Saved } from "./rules.ts";

/** What is known at one address. Of the registers only those that lead to the caller are followed. */
interface State {
	readonly register: number;
	readonly offset: number;
	/** Set where an expression says how the frame is found. */
	readonly expression: Frame | undefined;
	readonly base: Saved;
	readonly returns: Saved;
}

const same: Saved = { at: savedAt.same, offset: 0 };
const lost: Saved = { at: savedAt.lost, offset: 0 };
/** A return address that is undefined marks where a thread began. */
const outermost: Saved = { at: savedAt.lost, offset: 0 };
const usualReturn: Saved = { at: savedAt.frame, offset: -8 };

/** Takes the rules of one function after the other. */
export type OnRule = (address: number, rules: FrameRules) => void;

/** Runs the programs of functions; what holds at the address that is told of can be read from it. */
export class FrameRules implements Rule, State {
	readonly #reader: ByteReader;
	register: number = registers.rsp;
	offset = 8;
	added = 0;
	expression: Frame | undefined;
	base = same;
	returns = usualReturn;
	isSignal = false;
	common: CommonEntry | undefined;
	/** Has met what it does not understand. */
	failed = false;
	address = 0;
	readonly kept: State[] = [];
	initial: State = this;

	/** `reader` is of the section that the entries are in. */
	constructor(reader: ByteReader) {
		this.#reader = reader;
	}

	/** Tells the rules of a function in the order of their addresses. */
	run(entry: FunctionEntry, onRule: OnRule): void {
		const { common } = entry;
		this.#begin(entry);
		this.#execute(common.programAt, common.programEnd, undefined);
		this.initial = this.copy();
		this.#execute(entry.programAt, entry.programEnd, onRule);
		onRule(this.address, this);
	}

	#begin({ start, common }: FunctionEntry): void {
		this.address = start;
		this.common = common;
		this.isSignal = common.isSignal;
		this.failed = false;
		this.kept.length = 0;
		this.define(registers.rsp, 8);
		this.base = same;
		this.returns = usualReturn;
	}

	get frame(): number {
		if (this.returns === outermost) return frameBy.end;
		if (this.failed || this.returns.at === savedAt.lost) return frameBy.unknown;
		if (this.expression) return this.expression.frame;
		if (this.register === registers.rsp) return frameBy.stack;
		return this.register === registers.rbp ? frameBy.base : frameBy.unknown;
	}

	copy(): State {
		const { register, offset, expression, base, returns } = this;
		return { register, offset, expression, base, returns };
	}

	take(state: State): void {
		this.register = state.register;
		this.offset = state.offset;
		this.express(state.expression);
		this.base = state.base;
		this.returns = state.returns;
	}

	define(register: number, offset: number): void {
		this.register = register;
		this.offset = offset;
		this.express(undefined);
	}

	express(frame: Frame | undefined): void {
		this.expression = frame;
		if (frame) this.offset = frame.offset;
		this.added = frame?.added ?? 0;
	}

	set(register: number, saved: Saved): void {
		if (register === registers.rbp) this.base = saved;
		else if (register === this.common?.returnColumn) this.returns = saved;
	}

	/** Bytes from the frame are told in units. */
	save(register: number, units: number): void {
		const offset = units * (this.common?.dataAlign ?? 0);
		this.set(register, { at: savedAt.frame, offset });
	}

	restore(register: number): void {
		if (register === registers.rbp) this.base = this.initial.base;
		else if (register === this.common?.returnColumn)
			this.returns = this.initial.returns;
	}

	#execute(from: number, end: number, onRule: OnRule | undefined): void {
		const reader = this.#reader;
		reader.at = from;
		while (reader.at < end && !this.failed) {
			const code = reader.u8();
			const low = code & 0x3f;
			const advance = advances[code];
			if (code >= 0xc0) this.restore(low);
			else if (code >= 0x80) this.save(low, reader.uleb());
			else if (code >= 0x40) this.#advance(low, onRule);
			else if (advance) this.#advance(advance(reader), onRule);
			else if (instructions[code]) instructions[code](this, reader);
			else this.failed = true;
		}
	}

	#advance(units: number, onRule: OnRule | undefined): void {
		if (units === 0) return;
		onRule?.(this.address, this);
		this.address += units * (this.common?.codeAlign ?? 1);
	}
}

const advances: Readonly<Record<number, (from: ByteReader) => number>> = {
	2: (from) => from.u8(),
	3: (from) => from.u16(),
	4: (from) => from.u32(),
};

type Instruction = (rules: FrameRules, from: ByteReader) => void;

/** By code; what is not here stops the program. */
const instructions: Readonly<Record<number, Instruction>> = {
	// DW_CFA_nop
	0: () => {},
	// DW_CFA_offset_extended, and with a sign
	5: (rules, from) => rules.save(from.uleb(), from.uleb()),
	17: (rules, from) => rules.save(from.uleb(), from.sleb()),
	// DW_CFA_restore_extended, undefined, same_value
	6: (rules, from) => rules.restore(from.uleb()),
	7: (rules, from) => rules.set(from.uleb(), outermost),
	8: (rules, from) => rules.set(from.uleb(), same),
	// DW_CFA_register
	9: (rules, from) => {
		const register = from.uleb();
		rules.set(register, from.uleb() === register ? same : lost);
	},
	// DW_CFA_remember_state, restore_state
	10: (rules) => {
		rules.kept.push(rules.copy());
	},
	11: (rules) => rules.take(rules.kept.pop() ?? rules.initial),
	// DW_CFA_def_cfa, register, offset, expression
	12: (rules, from) => rules.define(from.uleb(), from.uleb()),
	13: (rules, from) => rules.define(from.uleb(), rules.offset),
	14: (rules, from) => rules.define(rules.register, from.uleb()),
	15: (rules, from) => rules.express(frameOf(from.block(from.uleb()))),
	// DW_CFA_expression
	16: (rules, from) => rules.set(from.uleb(), placeOf(from.block(from.uleb()))),
	// DW_CFA_def_cfa_sf, def_cfa_offset_sf
	18: (rules, from) =>
		rules.define(from.uleb(), from.sleb() * (rules.common?.dataAlign ?? 0)),
	19: (rules, from) =>
		rules.define(rules.register, from.sleb() * (rules.common?.dataAlign ?? 0)),
	// DW_CFA_val_offset, val_offset_sf, val_expression: the value itself is computed, which is done for no register that matters
	20: (rules, from) => loseOne(rules, from, () => from.uleb()),
	21: (rules, from) => loseOne(rules, from, () => from.sleb()),
	22: (rules, from) => loseOne(rules, from, () => from.block(from.uleb())),
	// DW_CFA_GNU_args_size
	46: (_, from) => {
		from.uleb();
	},
};

function loseOne(
	rules: FrameRules,
	from: ByteReader,
	skip: () => unknown,
): void {
	rules.set(from.uleb(), lost);
	skip();
}
