// Stacks as text. The modes of bpftrace's language begin with a line end and have one line per frame, as it prints
// `kstack` and `ustack`; folded ones lead each frame by a semicolon, so that stacks can be set behind each other.
import { type StackMode, stackModes } from "../../src/base/stack-modes.ts";

export interface Frame {
	/** `vfs_read+16`, or the address when it has no name. */
	readonly symbol: string;
	/** Where the symbol is from, for perf's mode in user space: ` (/usr/lib/libc.so.6)`. */
	readonly origin: string;
	/** `@/src/a.c:12`, where that is known. */
	readonly place?: string;
	/** Functions whose code was put into this one's there, innermost first. */
	readonly inlined?: readonly Pick<Frame, "symbol" | "place">[];
}

/** What the modes need to know of an address. */
export interface FrameSource {
	/** `isCall`: the address is where a call will return to. */
	name(address: bigint, isCall: boolean): Frame;
	/** Build id in hexadecimal and file offset in bytes; undefined for what is not of a file with a build id. */
	place(address: bigint): FilePlace | undefined;
}

export interface FilePlace {
	readonly buildId: string;
	readonly offset: number;
}

const INDENT = " ".repeat(8);
/** Bytes of a build id as the kernel has it; shorter ones are filled up. */
const BUILD_ID_BYTES = 20;

export function formatStack(
	addresses: readonly bigint[],
	mode: StackMode,
	source: FrameSource,
): string {
	if (mode === "folded" || mode === "folded_k") {
		// For flame graphs: the outermost function first, all on one line.
		const names = addresses.map((address) =>
			formatFrame(address, mode, source),
		);
		return names.reverse().join("");
	}
	const lines = addresses.map((address, i) =>
		formatFrame(address, mode, source, i > 0),
	);
	return `\n${lines.map((line) => `${line}\n`).join("")}`;
}

function formatFrame(
	address: bigint,
	mode: StackMode,
	source: FrameSource,
	isCall = false,
): string {
	switch (mode) {
		case "bpftrace": {
			const frame = source.name(address, isCall);
			const inlined = (frame.inlined ?? []).map(
				(f) => `${INDENT}[inlined] ${f.symbol}${f.place ?? ""}`,
			);
			const own = `${INDENT}${frame.symbol}${frame.place ?? ""}`;
			return [...inlined, own].join("\n");
		}
		case "names":
			return `    ${bareName(address, source)}`;
		case "names_k":
			return `    ${bareName(address, source)}_[k]`;
		case "folded":
			return `;${bareName(address, source)}`;
		case "folded_k":
			return `;${bareName(address, source)}_[k]`;
		case "perf": {
			const { symbol, origin, inlined = [] } = source.name(address, isCall);
			const lead = `\t${address.toString(16)} `;
			const within = inlined.map((f) => `${lead}${f.symbol} (inlined)`);
			return [...within, `${lead}${symbol}${origin}`].join("\n");
		}
		case "raw":
			return address.toString(16);
		case "build_id": {
			const place = source.place(address);
			if (place === undefined) return address.toString(16);
			const id = place.buildId.padEnd(BUILD_ID_BYTES * 2, "0");
			return `${id} 0x${place.offset.toString(16).padStart(2, "0")}`;
		}
	}
}

/** Without the offset; what has no name is `[unknown]`, as in bcc's tools. */
function bareName(address: bigint, source: FrameSource): string {
	const { symbol } = source.name(address, false);
	if (symbol.startsWith("0x") || symbol === "0") return "[unknown]";
	return symbol.replace(/\+\d+$/, "");
}

/** Stack maps have room for the deepest stack; what is not used is zero. */
export function trimZeros(words: BigUint64Array): readonly bigint[] {
	let length = words.length;
	while (length > 0 && words[length - 1] === 0n) length--;
	return Array.from(words.subarray(0, length));
}

const modes: ReadonlySet<string> = new Set(stackModes);

export function isStackMode(text: string): text is StackMode {
	return modes.has(text);
}
