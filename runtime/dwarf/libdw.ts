// elfutils' libdw: the part of it that reads debug information (DWARF), and the numbers of the DWARF standard.
import type { Ffi, Library } from "../ffi/ffi.ts";

const table = {
	dwarf_begin: { result: "pointer", params: ["i32", "i32"] },
	dwarf_get_units: {
		result: "i32",
		params: [
			"pointer",
			"pointer",
			"pointer",
			"pointer",
			"pointer",
			"pointer",
			"pointer",
		],
	},
	dwarf_addrdie: { result: "pointer", params: ["pointer", "size", "pointer"] },
	dwarf_ranges: {
		result: "size",
		params: ["pointer", "size", "pointer", "pointer", "pointer"],
	},
	dwarf_getscopes: { result: "i32", params: ["pointer", "size", "pointer"] },
	dwarf_getscopes_die: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_child: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_siblingof: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_tag: { result: "i32", params: ["pointer"] },
	dwarf_diename: { result: "string", params: ["pointer"] },
	dwarf_lowpc: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_attr_integrate: {
		result: "pointer",
		params: ["pointer", "u32", "pointer"],
	},
	dwarf_formudata: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_formsdata: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_formref_die: { result: "pointer", params: ["pointer", "pointer"] },
	dwarf_getsrclines: {
		result: "i32",
		params: ["pointer", "pointer", "pointer"],
	},
	dwarf_onesrcline: { result: "pointer", params: ["pointer", "size"] },
	dwarf_lineno: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_linecol: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_lineaddr: { result: "i32", params: ["pointer", "pointer"] },
	dwarf_linesrc: {
		result: "string",
		params: ["pointer", "pointer", "pointer"],
	},
	dwarf_getsrc_die: { result: "pointer", params: ["pointer", "size"] },
	dwarf_getsrcfiles: {
		result: "i32",
		params: ["pointer", "pointer", "pointer"],
	},
	dwarf_filesrc: {
		result: "string",
		params: ["pointer", "size", "pointer", "pointer"],
	},
	dwarf_formstring: { result: "string", params: ["pointer"] },
	free: { result: "void", params: ["pointer"] },
} as const;

export type LibdwFunctions = Library<typeof table>["call"];

/** Loads libdw; undefined when it is not installed. */
export function loadLibdw(ffi: Ffi): LibdwFunctions | undefined {
	return ffi.load(["libdw.so.1"], table)?.call;
}

/** DW_TAG_… */
export const Tag = {
	array: 0x01,
	class: 0x02,
	enumeration: 0x04,
	parameter: 0x05,
	member: 0x0d,
	pointer: 0x0f,
	reference: 0x10,
	structure: 0x13,
	subroutine: 0x15,
	typedef: 0x16,
	union: 0x17,
	inheritance: 0x1c,
	inlined: 0x1d,
	subrange: 0x21,
	base: 0x24,
	const: 0x26,
	enumerator: 0x28,
	subprogram: 0x2e,
	volatile: 0x35,
	restrict: 0x37,
	namespace: 0x39,
	rvalueReference: 0x42,
	atomic: 0x47,
} as const;

/** DW_AT_… */
export const At = {
	byteSize: 0x0b,
	bitOffset: 0x0c,
	bitSize: 0x0d,
	constValue: 0x1c,
	upperBound: 0x2f,
	count: 0x37,
	memberLocation: 0x38,
	declaration: 0x3c,
	encoding: 0x3e,
	type: 0x49,
	callFile: 0x58,
	callLine: 0x59,
	dataBitOffset: 0x6b,
	linkageName: 0x6e,
	dwoName: 0x76,
	gnuDwoName: 0x2130,
} as const;

/** DW_ATE_… */
export const Encoding = {
	boolean: 2,
	complexFloat: 3,
	float: 4,
	signed: 5,
	signedChar: 6,
	unsignedChar: 8,
	imaginaryFloat: 9,
} as const;
