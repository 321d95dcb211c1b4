// Bytes as the kernel would have written them, and a host that needs no kernel.
import type { BuiltinDefinition } from "../../src/builtins/definition.ts";
import type { Host, MergedCells } from "../../src/builtins/host.ts";
import type { RenderContext } from "../../src/builtins/render/context.ts";
import { renderStrerror } from "../../src/builtins/render/names-of-numbers.ts";
import { renderNtop } from "../../src/builtins/render/ntop.ts";
import type { Settings } from "../../src/plan.ts";
import type { ValueLayout } from "../../src/types/value-layout.ts";

/** Little-endian words: `[size in bytes, value]`, or raw bytes. */
export type Piece = readonly [size: 1 | 2 | 4 | 8, value: number | bigint];

export function bytes(...pieces: readonly (Piece | string)[]): DataView {
	const parts = pieces.map((piece) => {
		if (typeof piece === "string") return Buffer.from(piece, "latin1");
		const word = Buffer.alloc(8);
		word.writeBigUInt64LE(BigInt.asUintN(64, BigInt(piece[1])));
		return word.subarray(0, piece[0]);
	});
	const all = new Uint8Array(Buffer.concat(parts));
	return new DataView(all.buffer);
}

/** Text padded with NULs to `size` bytes. */
export function text(value: string, size: number): string {
	return value.padEnd(size, "\0");
}

export const int = (
	size: 1 | 2 | 4 | 8,
	signed = true,
): ValueLayout & { kind: "int" } => ({ kind: "int", size, signed });
export const string = (size: number): ValueLayout => ({ kind: "string", size });

/** Cells of plain aggregates: one list of u64 words per CPU. */
export function cells(...perCpu: readonly (readonly bigint[])[]): MergedCells {
	return {
		perCpu: perCpu.map((words) =>
			bytes(...words.map((word): Piece => [8, word])),
		),
		buckets: new Map(),
	};
}

/** Bucket number → count. */
export function buckets(counts: Readonly<Record<number, number>>): MergedCells {
	return {
		perCpu: [],
		buckets: new Map(
			Object.entries(counts).map(([bucket, count]) => [
				Number(bucket),
				{ count: BigInt(count), sum: 0n },
			]),
		),
	};
}

const unused = (): never => {
	throw new Error("not offered by this host");
};

export const plainHost: Host = {
	out: { text: unused, value: unused, message: unused },
	maps: {
		print: unused,
		printTable: unused,
		printRows: unused,
		clear: unused,
		zero: unused,
	},
	sorted: { add: unused, take: unused },
	symbols: {
		kernel: (address) => `sym_${address.toString(16)}`,
		user: (address, pid) => `sym_${address.toString(16)}@${pid}`,
		stack: (_map, id) => [BigInt(id), 2n],
		kernelStack: (addresses) =>
			`\n${addresses.map((a) => `        f${a}\n`).join("")}`,
		userStack: unused,
	},
	settings: {
		strTruncTrailer: "..",
		maxCatBytes: 100,
		stackMode: "bpftrace",
		probeNames: [],
	},
	text: unused,
	json: unused,
	format: unused,
	wallClock: (boot) => boot,
	now: () => 0n,
	readFile: unused,
	userName: () => "root",
	cgroupPath: unused,
	exit: unused,
	shell: unused,
	writePacket: unused,
};

const opaques: Readonly<Record<string, BuiltinDefinition["opaque"]>> = {
	ntop: renderNtop,
	strerror: renderStrerror,
};

export const context: RenderContext = {
	trailer: "..",
	opaque: (name) => opaques[name],
	host: plainHost,
};

/** Settings as a script without a config block has them, but for a low limit of cat(). */
export const plainSettings: Settings = {
	license: "GPL",
	printMapsOnExit: true,
	missingProbes: "error",
	strTruncTrailer: "..",
	maxCatBytes: 5,
	ringBytes: 0,
	stackMode: "bpftrace",
	lazySymbolication: false,
	cppDemangle: true,
	showDebugInfo: true,
	logSize: 0,
};
