// How a call stack is unwound by tables: what the run time makes of .eh_frame, and bpf-templates/unwind-tables.bpf.h reads.
// Layouts and numbers here are those of that file.

/** Maps, by name in the object. */
export const unwindMaps = {
	/** By process: an array of areas. */
	processes: "unwind_processes",
	/** By number: an array of rows, each a u32 address and a u32 rule from there on; one for all files that are read together. */
	tables: "unwind_tables",
	/** By number: what a row says. */
	rules: "unwind_rules",
} as const;

export const mostUnwoundProcesses = 1024;
export const mostUnwindTables = 4096;
export const mostUnwindRules = 16_384;

/** u64 start, u64 end, u64 base (what is taken from an address to find it in the table), u32 table, u32 first row, u32 rows, u32 reserved. */
export const AREA_BYTES = 40;
/** u8 how each is found: frame, rbp, return address, whether it is a signal's; s32 frame, added, rbp, return address. */
export const RULE_BYTES = 24;
export const ROW_BYTES = 8;

/** How the canonical frame address (CFA) is found: the stack pointer that the caller has after the return. */
export const frameBy = {
	/** Nothing is known of this code. */
	none: 0,
	/** The outermost function. */
	end: 1,
	/** In a way that can't be followed. */
	unknown: 2,
	/** rsp + offset */
	stack: 3,
	/** rbp + offset */
	base: 4,
	/** What stands at rsp + offset, and `added` to it. */
	atStack: 5,
	/** What stands at rbp + offset, and `added` to it. */
	atBase: 6,
	/** rsp + offset, and 8 more from byte `added` of each 16 on: entries of a procedure linkage table. */
	linkage: 7,
} as const;

/** Where the caller's rbp, or the address to return to, stands. */
export const savedAt = {
	/** Where it was: not saved. */
	same: 0,
	/** CFA + offset */
	frame: 1,
	/** rsp + offset */
	stack: 2,
	/** rbp + offset */
	base: 3,
	/** Lost. */
	lost: 4,
} as const;
