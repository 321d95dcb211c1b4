// Where a stack is kept, as its number tells: see bpf-templates/stacks.bpf.h.

/** The map beside `symbol` for stacks whose place there is taken. */
export function moreStacksOf(symbol: string): string {
	return `more_${symbol}`;
}

/** The kernel's own numbers have 32 bits. */
export function isKeptBeside(id: number): boolean {
	return id > 0xffffffff;
}
