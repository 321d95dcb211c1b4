// Expressions that are one number: each kind of IR node gives a C expression of type s64 or u64, after whatever lines
// it needs. The text may be used more than once and anywhere: it is a name, a constant, or in parentheses.
import { cInteger } from "../../base/c-text.ts";
import type {
	IrBinary,
	IrBlockExpr,
	IrCall,
	IrConvert,
	IrExpr,
	IrLogical,
	IrTernary,
	IrUnary,
} from "../../semantic/ir.ts";
import { sizeOf } from "../../types/layout.ts";
import { isSigned, narrowed, storedType, wideType } from "../c-types.ts";
import { changesState } from "../effects.ts";
import type { FunctionWriter } from "../function-writer.ts";
import { callFunction } from "../functions.ts";
import { callLibrary } from "../library-calls.ts";
import { emitMapRead } from "../map-reads.ts";
import { emitUpdate } from "../map-updates.ts";
import { placeOf, readSpan } from "../origin.ts";
import { addressOfExpr, readPlace } from "../places.ts";
import { emitBlock } from "../statements.ts";
import { compareMemory } from "./compare.ts";
import { memoryOf } from "./memory.ts";

type Of<K> = Extract<IrExpr, { kind: K }>;
type ScalarTable = {
	readonly [K in IrExpr["kind"]]: (w: FunctionWriter, e: Of<K>) => string;
};

const table: ScalarTable = {
	integer: (_, e) => cInteger(e.constant, isSigned(e.type)),
	boolean: (_, e) => (e.constant ? "1ULL" : "0ULL"),
	string: notScalar,
	variable: (w, e) => w.variable(e.slot),
	"map-read": emitMapRead,
	"map-reference": notScalar,
	word: notScalar,
	call: emitCall,
	"function-call": callFunction,
	"library-call": callLibrary,
	unary: emitUnary,
	binary: emitBinary,
	logical: emitLogical,
	"compare-memory": compareMemory,
	ternary: emitTernary,
	convert: emitConvert,
	place: readPlace,
	"address-of": (w, e) => addressOfExpr(w, e.operand),
	tuple: notScalar,
	update: emitUpdate,
	"block-expression": emitBlockExpr,
};

export function emitScalar(w: FunctionWriter, e: IrExpr): string {
	// The table pairs each kind with its own emitter; TypeScript can't see that across the look-up.
	const emit = table[e.kind] as (w: FunctionWriter, e: IrExpr) => string;
	const outer = w.span;
	w.span = readSpan(e);
	const text = emit(w, e);
	w.span = outer;
	return text;
}

function notScalar(_: FunctionWriter, e: IrExpr): string {
	throw new Error(`E0926: ${e.kind} of type ${e.type.kind} is not a number`);
}

function emitCall(w: FunctionWriter, e: IrCall): string {
	const { builtin, args, type, span } = e;
	if (!builtin.emitScalar)
		throw new Error(`E0926: ${builtin.name} gives no number`);
	return builtin.emitScalar(w, { args, type, span, probe: w.probe });
}

/** Left to right, as the script reads: what a later operand may change is put aside first. */
export function emitOperands(
	w: FunctionWriter,
	operands: readonly IrExpr[],
): string[] {
	return operands.map((e, i) => {
		const spill =
			e.constant === undefined && operands.slice(i + 1).some(changesState);
		return spill ? w.temporary(e) : emitScalar(w, e);
	});
}

function emitUnary(w: FunctionWriter, e: IrUnary): string {
	const operand = emitScalar(w, e.operand);
	if (e.operator === "!") return `(!${operand})`;
	const text = `(${e.operator}${operand})`;
	return sizeOf(e.type) === 8 ? text : narrowed(text, e.type);
}

function shortLiteral(text: string): string {
	return text.startsWith("(") ? `(${bare(text)})` : bare(text);
}

const comparisons = new Set<string>(["==", "!=", "<", ">", "<=", ">="]);

function emitBinary(w: FunctionWriter, e: IrBinary): string {
	const [left = "", operand = ""] = emitOperands(w, [e.left, e.right]);
	// The left one is 64 bits wide, which makes the whole so.
	const right = e.right.kind === "integer" ? shortLiteral(operand) : operand;
	if (comparisons.has(e.operator)) return `(${left} ${e.operator} ${right})`;
	const text = arithmetic(w, e, left, right);
	return sizeOf(e.type) === 8 ? text : narrowed(text, e.type);
}

function arithmetic(
	w: FunctionWriter,
	e: IrBinary,
	left: string,
	right: string,
): string {
	switch (e.operator) {
		case "<<":
		case ">>":
			return `(${left} ${e.operator} ${shiftCount(e.right, right)})`;
		case "/":
		case "%":
			return divide(w, e, left, right);
		default:
			return `(${left} ${e.operator} ${right})`;
	}
}

/** Counts past the width wrap around, as on x86; C leaves them undefined. */
function shiftCount(count: IrExpr, text: string): string {
	const known = count.constant;
	return typeof known === "bigint" && known >= 0n && known < 64n
		? String(known)
		: `(${text} & 63)`;
}

/** Only a divisor that is known cannot be zero unnoticed. */
function divide(
	w: FunctionWriter,
	e: IrBinary,
	left: string,
	right: string,
): string {
	const divisor = e.right.constant;
	const known = typeof divisor === "bigint" && divisor !== 0n;
	const signed = isSigned(e.type);
	if (known && !signed) return `(${left} ${e.operator} ${right})`;
	w.include("division");
	const name = `${signed ? "signed_" : ""}${e.operator === "/" ? "quotient" : "remainder"}`;
	if (known) return `${name}(${left}, ${right})`;
	const loss = w.script.loss("divide-by-zero", { place: placeOf(e.span) });
	return `checked_${name}(${left}, ${right}, ${loss})`;
}

function emitLogical(w: FunctionWriter, e: IrLogical): string {
	const left = emitScalar(w, e.left);
	const { region, value } = w.aside(() => emitScalar(w, e.right));
	if (region.empty) {
		w.append(region);
		return `(${left} ${e.operator} ${value})`;
	}
	const result = w.local("u64", `${left} != 0`, "holds");
	w.block(e.operator === "&&" ? `if (${result})` : `if (!${result})`, () => {
		w.append(region);
		w.line(`${result} = ${value} != 0;`);
	});
	return result;
}

function emitTernary(w: FunctionWriter, e: IrTernary): string {
	const condition = emitScalar(w, e.condition);
	const then = w.aside(() => emitScalar(w, e.then));
	const other = w.aside(() => emitScalar(w, e.else));
	if (then.region.empty && other.region.empty) {
		w.append(then.region);
		w.append(other.region);
		return `(${condition} ? ${then.value} : ${other.value})`;
	}
	const result = w.local(wideType(e.type), undefined, "chosen");
	emitBranches(
		w,
		condition,
		() => {
			w.append(then.region);
			w.line(`${result} = ${then.value};`);
		},
		() => {
			w.append(other.region);
			w.line(`${result} = ${other.value};`);
		},
	);
	return result;
}

/** `if (condition) { then } else { otherwise }` */
export function emitBranches(
	w: FunctionWriter,
	condition: string,
	then: () => void,
	otherwise: (() => void) | undefined,
): void {
	const region = w.region({ head: `if (${bare(condition)})` });
	w.within(region, then);
	if (!otherwise) return;
	const other = w.aside(otherwise).region;
	if (other.items.length > 0) region.otherwise = other;
}

/** Without what a statement need not say: parentheses around it, the size of a literal that is small. */
export function bare(text: string): string {
	const literal = /^\(?(-?\d{1,9})U?LL\)?$/.exec(text)?.[1];
	if (literal !== undefined) return literal;
	if (!text.startsWith("(") || !text.endsWith(")")) return text;
	let depth = 0;
	for (let i = 0; i < text.length; i++) {
		if (text[i] === "(") depth++;
		if (text[i] === ")") depth--;
		if (depth === 0 && i < text.length - 1) return text;
	}
	return text.slice(1, -1);
}

/** The C condition that holds where `text` does not. */
export function negated(text: string): string {
	const inner = bare(text);
	if (inner === text || !inner.startsWith("!")) return `!${text}`;
	const rest = inner.slice(1);
	return /^[\w>.-]+$/.test(rest) || bare(rest) !== rest
		? bare(rest)
		: `!${text}`;
}

function emitConvert(w: FunctionWriter, e: IrConvert): string {
	const from = e.operand.type;
	if (from.kind === "string" && e.type.kind === "bool")
		return `(${memoryOf(w, e.operand)}[0] != 0)`;
	if (
		from.kind === "array" ||
		from.kind === "string" ||
		from.kind === "buffer"
	) {
		return bytesAsNumber(w, e);
	}
	const operand = emitScalar(w, e.operand);
	if (from.kind === "pointer" && from.trusted && e.type.kind === "int")
		return pointerAsNumber(w, operand);
	if (e.type.kind === "bool")
		return from.kind === "bool" ? operand : `(${operand} != 0)`;
	const widens = sizeOf(e.type) >= sizeOf(from) && from.kind !== "bool";
	const sameSign = isSigned(from) === isSigned(e.type);
	// A number that fits as it is held needs nothing done to it.
	if (
		widens &&
		(sameSign || (!isSigned(from) && sizeOf(e.type) > sizeOf(from)))
	) {
		return sameSign ? operand : narrowed(operand, e.type);
	}
	return narrowed(operand, e.type);
}

/** The verifier lets nobody calculate with a pointer that it follows; read back as bytes it is a number. */
export function pointerAsNumber(w: FunctionWriter, pointer: string): string {
	const held = w.addressed("u64", bare(pointer), "pointer");
	const number = w.addressed("u64", undefined, "number");
	w.line(`bpf_probe_read_kernel(&${number}, sizeof(${number}), &${held});`);
	return number;
}

/** A byte array as the integer whose bytes it holds. */
function bytesAsNumber(w: FunctionWriter, e: IrConvert): string {
	const size = Math.min(sizeOf(e.operand.type), sizeOf(e.type));
	const buffer = memoryOf(w, e.operand);
	const number = w.addressed(storedType(e.type), "0", "number");
	w.line(`__builtin_memcpy(&${number}, ${buffer}, ${size});`);
	return narrowed(number, e.type);
}

function emitBlockExpr(w: FunctionWriter, e: IrBlockExpr): string {
	emitBlock(w, e.block);
	return e.value ? w.temporary(e.value) : "0";
}
