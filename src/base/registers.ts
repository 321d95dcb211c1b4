// Where a function's arguments and result stand in `struct pt_regs`, by architecture. Offsets in bytes.

export interface RegisterLayout {
	/** Integer arguments in order; further ones are on the stack. */
	readonly arguments: readonly number[];
	readonly result: number;
	readonly stackPointer: number;
	/** Names as `reg()` and USDT notes write them, without `%`. */
	readonly byName: Readonly<Record<string, number>>;
}

const x64Names = {
	r15: 0,
	r14: 8,
	r13: 16,
	r12: 24,
	bp: 32,
	bx: 40,
	r11: 48,
	r10: 56,
	r9: 64,
	r8: 72,
	ax: 80,
	cx: 88,
	dx: 96,
	si: 104,
	di: 112,
	orig_rax: 120,
	ip: 128,
	pc: 128,
	cs: 136,
	flags: 144,
	sp: 152,
	ss: 160,
} as const;

const x64: RegisterLayout = {
	arguments: [
		x64Names.di,
		x64Names.si,
		x64Names.dx,
		x64Names.cx,
		x64Names.r8,
		x64Names.r9,
	],
	result: x64Names.ax,
	stackPointer: x64Names.sp,
	byName: x64Names,
};

const arm64: RegisterLayout = {
	arguments: Array.from({ length: 8 }, (_, i) => 8 * i),
	result: 0,
	stackPointer: 248,
	byName: Object.fromEntries([
		...Array.from({ length: 31 }, (_, i) => [`r${i}`, 8 * i] as const),
		["sp", 248] as const,
		["pc", 256] as const,
		["pstate", 264] as const,
	]),
};

/** The layout of the machine that the program will run on. */
export function registerLayout(
	architecture: string = process.arch,
): RegisterLayout {
	return architecture === "arm64" ? arm64 : x64;
}
