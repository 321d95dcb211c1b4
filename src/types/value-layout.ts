// How bytes that come out of the kernel are to be read: a plain, self-contained tree, so that the run time
// needs no type source. Made from types by the compiler, carried in the Plan, walked by the renderers.

export type ValueLayout =
	| {
			readonly kind: "int";
			readonly size: 1 | 2 | 4 | 8;
			readonly signed: boolean;
	  }
	| { readonly kind: "bool" }
	| StringLayout
	/** u32 length, then `size` bytes of which `length` count. */
	| { readonly kind: "buffer"; readonly size: number }
	/** Eight bytes, shown in hexadecimal. */
	| { readonly kind: "pointer" }
	| {
			readonly kind: "array";
			readonly of: ValueLayout;
			readonly count: number;
			readonly stride: number;
	  }
	| EnumLayout
	| {
			readonly kind: "tuple";
			readonly size: number;
			readonly elements: readonly LayoutField[];
	  }
	/** Structs, unions and records: printed with their member names. */
	| {
			readonly kind: "record";
			readonly size: number;
			readonly fields: readonly NamedLayoutField[];
	  }
	/** A value with a meaning of its own (`ksym`, `inet`, `kstack` …), rendered by the builtin of that name. */
	| OpaqueLayout;

/** Text in `size` bytes, up to the first NUL. */
export interface StringLayout {
	readonly kind: "string";
	readonly size: number;
	/** An array of a C struct may be full to its last byte; any other string without a NUL was cut. */
	readonly mayFill?: true;
}
export interface EnumLayout {
	readonly kind: "enum";
	readonly size: 1 | 2 | 4 | 8;
	readonly signed: boolean;
	/** Decimal value → constant's name. */
	readonly names: Readonly<Record<string, string>>;
}
export interface OpaqueLayout {
	readonly kind: "opaque";
	readonly name: string;
	readonly size: number;
	readonly params: Readonly<Record<string, string | number | boolean>>;
}
export interface LayoutField {
	/** Bytes from the start of the enclosing value. */
	readonly offset: number;
	readonly layout: ValueLayout;
}
export interface NamedLayoutField extends LayoutField {
	readonly name: string;
	/** Bit-fields: first bit counted from `offset`, and width. */
	readonly bits?: { readonly shift: number; readonly width: number };
}

/** Bytes a value of this layout takes. */
export function layoutSize(layout: ValueLayout): number {
	switch (layout.kind) {
		case "bool":
			return 1;
		case "pointer":
			return 8;
		case "buffer":
			return 4 + layout.size;
		case "array":
			return layout.stride * layout.count;
		case "int":
		case "string":
		case "enum":
		case "tuple":
		case "record":
		case "opaque":
			return layout.size;
	}
}
