// Options and positional parameters that a script has for itself, as its calls declare them.

/** A literal argument of a call that declares an option, as written. */
export interface OptionLiteral {
	readonly value: bigint | string | boolean;
	/** Written as a duration: `10ms`, in nanoseconds. */
	readonly duration: boolean;
}

export type OptionKind = "flag" | "number" | "duration" | "string";

/** One mention of an option that a script has for itself. Several may be of the same option. */
export interface OptionDeclaration {
	/** `m` is given as `-m`, `milliseconds` as `--milliseconds`. Just one for an operand. */
	readonly names: readonly string[];
	/** Given by its place after the script, without a name. */
	readonly operand: boolean;
	/** Undefined where this mention has no default. */
	readonly kind: OptionKind | undefined;
	readonly initial: bigint | string | boolean | undefined;
	readonly description: string;
}
