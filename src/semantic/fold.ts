// Constant folding of integer and string literals, exactly as 64-bit arithmetic in the kernel would do it.
import type { BinaryExpression } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { boolean, integer } from "./build.ts";
import type { IrExpr } from "./ir.ts";

type Operator = Exclude<BinaryExpression["operator"], "&&" | "||">;

const arithmetic: Readonly<
	Partial<Record<Operator, (a: bigint, b: bigint) => bigint>>
> = {
	"+": (a, b) => a + b,
	"-": (a, b) => a - b,
	"*": (a, b) => a * b,
	"/": (a, b) => a / b,
	"%": (a, b) => a % b,
	"&": (a, b) => a & b,
	"|": (a, b) => a | b,
	"^": (a, b) => a ^ b,
	"<<": (a, b) => a << (b & 63n),
	">>": (a, b) => a >> (b & 63n),
};

const comparison: Readonly<
	Partial<Record<Operator, (a: bigint, b: bigint) => boolean>>
> = {
	"==": (a, b) => a === b,
	"!=": (a, b) => a !== b,
	"<": (a, b) => a < b,
	">": (a, b) => a > b,
	"<=": (a, b) => a <= b,
	">=": (a, b) => a >= b,
};

/** The folded literal, or undefined where an operand is not a literal. */
export function foldBinary(
	operator: Operator,
	left: IrExpr,
	right: IrExpr,
	span: Span,
): IrExpr | undefined {
	if (
		left.kind === "string" &&
		right.kind === "string" &&
		(operator === "==" || operator === "!=")
	) {
		return boolean(
			(left.constant === right.constant) === (operator === "=="),
			span,
		);
	}
	if (left.kind !== "integer" || right.kind !== "integer") return undefined;
	// Enum constants and casts have types of their own and are left to the compiler.
	if (!isLiteral(left) || !isLiteral(right)) return undefined;
	const compare = comparison[operator];
	if (compare) return boolean(compare(left.constant, right.constant), span);
	const compute = arithmetic[operator];
	if (!compute) return undefined;
	const divides = operator === "/" || operator === "%";
	if (divides && right.constant === 0n) return undefined;
	const value = compute(left.constant, right.constant);
	const wrapped =
		value > 0xffffffffffffffffn || value < -0x8000000000000000n
			? BigInt.asIntN(64, value)
			: value;
	return integer(wrapped, span);
}

function isLiteral(e: IrExpr): boolean {
	return (
		e.kind === "integer" &&
		e.type.kind === "int" &&
		(e.type.flexible === true || e.constant < 0n)
	);
}
