// Stacks as text. Every mode begins with a line end and has one line per frame, as bpftrace prints `kstack` and `ustack`.
import type { StackMode } from "../../src/plan.ts";

export interface Frame {
	/** `vfs_read+16`, or the address when it has no name. */
	readonly symbol: string;
	/** Where the symbol is from, for perf's mode in user space: ` (/usr/lib/libc.so.6)`. */
	readonly origin: string;
}

const INDENT = " ".repeat(8);

/** What `words` are: addresses; four words per frame (`struct bpf_stack_build_id`) in the mode `build_id`. */
export function formatStack(
	words: readonly bigint[],
	mode: StackMode,
	frameOf: (address: bigint) => Frame,
): string {
	return `\n${formatFrames(words, mode, frameOf).join("")}`;
}

function formatFrames(
	words: readonly bigint[],
	mode: StackMode,
	frameOf: (address: bigint) => Frame,
): string[] {
	switch (mode) {
		case "bpftrace":
			return words.map((word) => `${INDENT}${frameOf(word).symbol}\n`);
		case "perf":
			return words.map((word) => {
				const { symbol, origin } = frameOf(word);
				return `\t${word.toString(16)} ${symbol}${origin}\n`;
			});
		case "raw":
			return words.map((word) => `${word.toString(16)}\n`);
		case "build_id":
			return formatBuildIds(words);
	}
}

const BUILD_ID_WORDS = 4;
/** `BPF_STACK_BUILD_ID_VALID`; otherwise the last word is an address and not a file offset. */
const HAS_BUILD_ID = 1;
const MASK_32 = 0xffff_ffffn;

/** A frame is a 32-bit status, 20 bytes of build id, and 64 bits of offset or address. */
function formatBuildIds(words: readonly bigint[]): string[] {
	const lines: string[] = [];
	for (let i = 0; i < words.length; i += BUILD_ID_WORDS) {
		const [first = 0n, second = 0n, third = 0n, last = 0n] = words.slice(i);
		const offset = last.toString(16);
		if (Number(first & MASK_32) !== HAS_BUILD_ID) lines.push(`${offset}\n`);
		else {
			const id = Buffer.alloc(20);
			id.writeUInt32LE(Number(first >> 32n), 0);
			id.writeBigUInt64LE(second, 4);
			id.writeBigUInt64LE(third, 12);
			lines.push(`${id.toString("hex")} 0x${offset.padStart(2, "0")}\n`);
		}
	}
	return lines;
}

/** Stack maps have room for the deepest stack; what is not used is zero. */
export function trimZeros(words: BigUint64Array): readonly bigint[] {
	let length = words.length;
	while (length > 0 && words[length - 1] === 0n) length--;
	return Array.from(words.subarray(0, length));
}

export function isStackMode(text: string): text is StackMode {
	return (
		text === "bpftrace" ||
		text === "perf" ||
		text === "raw" ||
		text === "build_id"
	);
}
