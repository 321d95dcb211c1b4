// The machine code that the kernel made of a loaded program, with the line that each piece of it comes from.
import { openBtf } from "../../src/types/btf-data.ts";
import { textAt } from "../../src/types/elf-sections.ts";
import { attr, Command } from "../bpf/command.ts";
import { readProgramInfo } from "../bpf/program.ts";
import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";
import type { LineOrigin } from "./line-info.ts";

export interface MachineCode {
	/** All functions of the program, one behind the other. */
	readonly bytes: Uint8Array;
	readonly functions: readonly FunctionCode[];
	/** Where the code of a line begins in `bytes`, ascending. */
	readonly lines: readonly {
		readonly offset: number;
		readonly origin: LineOrigin;
	}[];
}

export interface FunctionCode {
	/** Where it lies in the kernel. */
	readonly address: bigint;
	readonly length: number;
	/** In the bytes of all functions together. */
	readonly offset: number;
}

/** Offsets of `struct bpf_prog_info`: where each array's length stands, where its address does, and its element's bytes. */
const arrays = {
	code: { length: 16, address: 24, bytes: 1 },
	addresses: { length: 104, address: 112, bytes: 8 },
	lengths: { length: 108, address: 120, bytes: 4 },
	lines: { length: 148, address: 152, bytes: 16 },
	lineAddresses: { length: 168, address: 160, bytes: 8 },
} as const;
const lineRecordBytes = 172;
const lineAddressBytes = 176;
const btfId = 128;

/** undefined where there is none: no compiler for this processor, or its addresses are hidden (kptr_restrict). */
export function readMachineCode(
	libc: Libc,
	program: number,
): MachineCode | undefined {
	const sizes = readProgramInfo(libc, program);
	if (!sizes) return undefined;
	const length = (part: keyof typeof arrays) =>
		sizes.view.getUint32(arrays[part].length, true);
	if (length("code") === 0) return undefined;
	const memory = (part: keyof typeof arrays): Memory =>
		libc.ffi.allocate(Math.max(1, length(part) * arrays[part].bytes));
	const room = {
		code: memory("code"),
		addresses: memory("addresses"),
		lengths: memory("lengths"),
		lines: memory("lines"),
		lineAddresses: memory("lineAddresses"),
	};
	const info = readProgramInfo(libc, program, ({ view }) => {
		for (const part of Object.keys(arrays) as (keyof typeof arrays)[]) {
			view.setUint32(arrays[part].length, length(part), true);
			view.setBigUint64(arrays[part].address, room[part].address, true);
		}
		view.setUint32(lineRecordBytes, arrays.lines.bytes, true);
		view.setUint32(lineAddressBytes, arrays.lineAddresses.bytes, true);
	});
	// The kernel takes the address back where it hides what would be there.
	if (!info || info.view.getBigUint64(arrays.code.address, true) === 0n)
		return undefined;
	const strings = readStrings(libc, info.view.getUint32(btfId, true));
	const starts = functionStarts(room.addresses, room.lengths);
	const count = info.view.getUint32(arrays.lineAddresses.length, true);
	const lines = Array.from({ length: count }, (_, i) => ({
		offset: offsetOf(room.lineAddresses.view.getBigUint64(i * 8, true), starts),
		origin: {
			file: strings
				? textAt(strings, room.lines.view.getUint32(i * 16 + 4, true))
				: "",
			line: room.lines.view.getUint32(i * 16 + 12, true) >>> 10,
		},
	}));
	const told = lines.flatMap(({ offset, origin }) =>
		offset === undefined ? [] : [{ offset, origin }],
	);
	return { bytes: room.code.bytes, functions: starts, lines: told };
}

function functionStarts(addresses: Memory, lengths: Memory): FunctionCode[] {
	const starts: FunctionCode[] = [];
	let offset = 0;
	for (let i = 0; (i + 1) * 8 <= addresses.bytes.length; i++) {
		const length = lengths.view.getUint32(i * 4, true);
		const address = addresses.view.getBigUint64(i * 8, true);
		starts.push({ address, length, offset });
		offset += length;
	}
	return starts;
}

function offsetOf(
	address: bigint,
	starts: readonly FunctionCode[],
): number | undefined {
	const within = starts.find(
		(s) => address >= s.address && address < s.address + BigInt(s.length),
	);
	return within && within.offset + Number(address - within.address);
}

/** The strings of a program's own types, which hold the names of its files. */
function readStrings(libc: Libc, id: number): Buffer | undefined {
	const fd = libc.bpf(Command.btfById, attr(libc).u32(0, id));
	if (fd < 0) return undefined;
	const ask = (bytes: Memory | undefined): Memory | undefined => {
		const info = libc.ffi.allocate(32);
		if (bytes) {
			info.view.setBigUint64(0, bytes.address, true);
			info.view.setUint32(8, bytes.bytes.length, true);
		}
		const a = attr(libc).u32(0, fd).u32(4, 32).pointer(8, info);
		return libc.bpf(Command.objectInfo, a) < 0 ? undefined : info;
	};
	const size = ask(undefined)?.view.getUint32(8, true) ?? 0;
	const bytes = libc.ffi.allocate(Math.max(1, size));
	const read = ask(bytes);
	libc.call.close(fd);
	const btf = read && openBtf(bytes.bytes);
	return btf?.ok ? btf.btf.strings : undefined;
}
