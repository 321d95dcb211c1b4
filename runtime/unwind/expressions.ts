// DWARF expressions in .eh_frame: the few shapes that compilers, libc and the dynamic linker write.
import { frameBy, savedAt } from "../../src/base/unwind-tables.ts";
import { ByteReader } from "./bytes.ts";
import type { Rule, Saved } from "./rules.ts";

/** DWARF's numbers of registers on x86-64. */
export const registers = { rbp: 6, rsp: 7, returnAddress: 16 } as const;

const op = {
	deref: 0x06,
	and: 0x1a,
	plus: 0x22,
	addConstant: 0x23,
	shiftLeft: 0x24,
	atLeast: 0x2a,
	literal: 0x30,
	register: 0x70,
} as const;

export type Frame = Pick<Rule, "frame" | "offset" | "added">;

const unknownFrame: Frame = { frame: frameBy.unknown, offset: 0, added: 0 };

/** A small number on the stack: DW_OP_lit0 to lit31; undefined for another operation. */
function literalOf(code: number): number | undefined {
	return code >= op.literal && code < op.literal + 32
		? code - op.literal
		: undefined;
}

/** `rsp + n`, `rbp + n`, or what stands there; with something added. The register is taken already. */
function readSum(
	reader: ByteReader,
	isStack: boolean,
	offset: number,
): Frame | undefined {
	let [at, added, isDereferenced] = [offset, 0, false];
	while (reader.at < reader.length) {
		const code = reader.u8();
		const literal = literalOf(code);
		if (code === op.deref && !isDereferenced) isDereferenced = true;
		else {
			const more = code === op.addConstant ? reader.uleb() : literal;
			if (more === undefined) return undefined;
			if (literal !== undefined && reader.u8() !== op.plus) return undefined;
			if (isDereferenced) added += more;
			else at += more;
		}
	}
	if (isDereferenced) {
		const frame = isStack ? frameBy.atStack : frameBy.atBase;
		return { frame, offset: at, added };
	}
	const frame = isStack ? frameBy.stack : frameBy.base;
	return { frame, offset: at, added: 0 };
}

/**
 * `rsp + n + ((rip & 15) >= m) << 3`: from some byte on, an entry of a procedure linkage table has pushed a word.
 * `rsp + n` is taken already.
 */
function readLinkage(reader: ByteReader, offset: number): Frame | undefined {
	const isAddress = reader.u8() === op.register + registers.returnAddress;
	if (!isAddress || reader.sleb() !== 0) return undefined;
	const mask = literalOf(reader.u8());
	const masks = reader.u8() === op.and;
	const from = literalOf(reader.u8());
	const compares = reader.u8() === op.atLeast;
	const shift = literalOf(reader.u8());
	const shifts = reader.u8() === op.shiftLeft;
	const adds = reader.u8() === op.plus && reader.at === reader.length;
	const fits = masks && compares && shifts && adds && mask === 15;
	return fits && shift === 3 && from !== undefined
		? { frame: frameBy.linkage, offset, added: from }
		: undefined;
}

function readBase(
	reader: ByteReader,
): { readonly isStack: boolean; readonly offset: number } | undefined {
	const register = reader.u8() - op.register;
	const isStack = register === registers.rsp;
	if (!isStack && register !== registers.rbp) return undefined;
	return { isStack, offset: reader.sleb() };
}

/** DW_CFA_def_cfa_expression. */
export function frameOf(expression: Uint8Array): Frame {
	const reader = new ByteReader(expression);
	const base = readBase(reader);
	if (base === undefined) return unknownFrame;
	const after = reader.at;
	const sum = readSum(reader, base.isStack, base.offset);
	if (sum !== undefined) return sum;
	reader.at = after;
	return (base.isStack && readLinkage(reader, base.offset)) || unknownFrame;
}

/** DW_CFA_expression: where a register is saved. */
export function placeOf(expression: Uint8Array): Saved {
	const reader = new ByteReader(expression);
	const base = readBase(reader);
	if (base === undefined || reader.at < reader.length)
		return { at: savedAt.lost, offset: 0 };
	const at = base.isStack ? savedAt.stack : savedAt.base;
	return { at, offset: base.offset };
}
