// Integer expressions made by chance, each with the value that the language gives it: arithmetic in 64 bits that wraps
// around, signed where one side is, subtraction always signed, literals of the other side's sign, division by zero 1; but
// unsigned numbers that are turned round keep their width.
import type { randomFrom } from "./random.ts";

export interface IntShape {
	readonly bits: 8 | 16 | 32 | 64;
	readonly signed: boolean;
}

export interface Meant {
	readonly text: string;
	readonly shape: IntShape;
	readonly value: bigint;
	/** Takes the sign of what it meets. */
	readonly literal: boolean;
}

const int64: IntShape = { bits: 64, signed: true };

export function wrap(value: bigint, { bits, signed }: IntShape): bigint {
	return signed ? BigInt.asIntN(bits, value) : BigInt.asUintN(bits, value);
}

function shapeName({ bits, signed }: IntShape): string {
	return `${signed ? "" : "u"}int${bits}`;
}

const shapes: readonly IntShape[] = ([8, 16, 32, 64] as const).flatMap(
	(bits) => [
		{ bits, signed: true },
		{ bits, signed: false },
	],
);
const edges = [
	0n,
	1n,
	-1n,
	2n,
	7n,
	127n,
	128n,
	255n,
	40000n,
	-40000n,
	1n << 31n,
	1n << 32n,
	(1n << 63n) - 1n,
	-(1n << 63n),
];

/** Variables and maps of every type, and the lines of script that set them. */
export class Arithmetic {
	readonly #random: ReturnType<typeof randomFrom>;
	readonly #held: readonly Meant[];
	readonly opening: string;

	constructor(random: ReturnType<typeof randomFrom>) {
		this.#random = random;
		const lines: string[] = [];
		this.#held = shapes.flatMap((shape) =>
			["$v", "@m"].map((sigil): Meant => {
				const value = wrap(this.#pick(edges), shape);
				const name = shapeName(shape);
				const text = `${sigil}${name}`;
				const written = `(${name})(${value < 0n ? `-${-value - 1n} - 1` : `${value}`})`;
				lines.push(`${text} = ${written};`);
				return { text, shape, value, literal: false };
			}),
		);
		this.opening = lines.join("\n");
	}

	expression(depth: number): Meant {
		if (depth === 0) return this.#leaf();
		const kind = this.#random(9);
		if (kind === 0) return this.#cast(this.expression(depth - 1));
		if (kind === 1) return this.#unary(this.#known(depth - 1));
		if (kind === 2) return this.#ternary(depth - 1);
		return this.#binary(this.#known(depth - 1), this.expression(depth - 1));
	}

	/** Not a literal: two of them would be folded, which is a matter of its own. */
	#known(depth: number): Meant {
		const made = this.expression(depth);
		return made.literal ? this.#pick(this.#held) : made;
	}

	#leaf(): Meant {
		if (this.#random(3) > 0) return this.#pick(this.#held);
		const value = BigInt(this.#pick([0, 1, 3, 10, 127, 128, 70000]));
		const bits = value < 128n ? 8 : value < 32768n ? 16 : 32;
		return {
			text: `${value}`,
			shape: { bits, signed: true },
			value,
			literal: true,
		};
	}

	#cast({ text, value }: Meant): Meant {
		const shape = this.#pick(shapes);
		return {
			text: `(${shapeName(shape)})(${text})`,
			shape,
			value: wrap(value, shape),
			literal: false,
		};
	}

	#unary({ text, shape, value }: Meant): Meant {
		const negative = this.#random(2) === 0;
		const wide: IntShape = { bits: 64, signed: shape.signed };
		const within = shape.signed ? wide : shape;
		return {
			text: negative ? `(-(${text}))` : `(~(${text}))`,
			shape: wide,
			value: wrap(negative ? -value : ~value, within),
			literal: false,
		};
	}

	#ternary(depth: number): Meant {
		const [left, right] = [this.#known(depth), this.expression(depth)];
		const operator = this.#pick(["==", "!=", "<", ">", "<=", ">="] as const);
		const common = join(left, right);
		const wide: IntShape = { bits: 64, signed: common.signed };
		const holds = compare(
			operator,
			wrap(left.value, wide),
			wrap(right.value, wide),
		);
		const [then, otherwise] = [this.#known(depth), this.#known(depth)];
		const shape = join(then, otherwise);
		return {
			text: `((${left.text}) ${operator} (${right.text}) ? (${then.text}) : (${otherwise.text}))`,
			shape,
			value: wrap(holds ? then.value : otherwise.value, shape),
			literal: false,
		};
	}

	#binary(left: Meant, right: Meant): Meant {
		const operator = this.#pick([
			"+",
			"-",
			"*",
			"/",
			"%",
			"&",
			"|",
			"^",
			"<<",
			">>",
		] as const);
		if (operator === "<<" || operator === ">>")
			return this.#shift(operator, left);
		// Division by a zero that is known when compiling is refused.
		const by =
			!/[$@]/.test(right.text) && right.value === 0n
				? { ...right, text: "3", value: 3n }
				: right;
		const signed =
			left.shape.signed || (!by.literal && by.shape.signed) || operator === "-";
		const shape: IntShape = { bits: 64, signed };
		const value = compute(
			operator,
			wrap(left.value, shape),
			wrap(by.value, shape),
		);
		return {
			text: `((${left.text}) ${operator} (${by.text}))`,
			shape,
			value: wrap(value, shape),
			literal: false,
		};
	}

	#shift(operator: "<<" | ">>", { text, shape, value }: Meant): Meant {
		const by = this.#random(64);
		const wide: IntShape = { bits: 64, signed: shape.signed };
		const start = wrap(value, wide);
		const result =
			operator === "<<" ? start << BigInt(by) : start >> BigInt(by);
		return {
			text: `((${text}) ${operator} ${by})`,
			shape: wide,
			value: wrap(result, wide),
			literal: false,
		};
	}

	#pick<T>(from: readonly T[]): T {
		return from[this.#random(from.length)] as T;
	}
}

/** The type that holds both: the next larger signed one where the signs differ, 64 bits at most. */
function join(a: Meant, b: Meant): IntShape {
	const bits = Math.max(a.shape.bits, b.shape.bits) as IntShape["bits"];
	if (a.literal !== b.literal)
		return { bits, signed: (a.literal ? b : a).shape.signed };
	if (a.shape.signed === b.shape.signed)
		return { bits, signed: a.shape.signed };
	const [signed, unsigned] = a.shape.signed ? [a, b] : [b, a];
	if (signed.shape.bits > unsigned.shape.bits) return { bits, signed: true };
	return { bits: Math.min(64, bits * 2) as IntShape["bits"], signed: true };
}

function compare(operator: string, a: bigint, b: bigint): boolean {
	switch (operator) {
		case "==":
			return a === b;
		case "!=":
			return a !== b;
		case "<":
			return a < b;
		case ">":
			return a > b;
		case "<=":
			return a <= b;
		default:
			return a >= b;
	}
}

function compute(operator: string, a: bigint, b: bigint): bigint {
	switch (operator) {
		case "+":
			return a + b;
		case "-":
			return a - b;
		case "*":
			return a * b;
		case "/":
			return b === 0n ? 1n : a / b;
		case "%":
			return b === 0n ? 1n : a % b;
		case "&":
			return a & b;
		case "|":
			return a | b;
		default:
			return a ^ b;
	}
}

/** The value as 64 bits, for comparing. */
export function asInt64({ value }: Meant): bigint {
	return wrap(value, int64);
}
