// The kernel names its own addresses: a small BPF program has one printed as `%pS` does in the kernel's log. That takes
// microseconds, while /proc/kallsyms is megabytes of text that the kernel writes anew for each reader.
// bpf_snprintf() came with Linux 5.13.
import { createMap, freezeMap, MapType, updateElement } from "../bpf/map.ts";
import { loadProgram, ProgramType, runProgram } from "../bpf/program.ts";
import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";

/** Prints addresses; `close` before letting go of it. */
export interface SymbolProgram {
	/** `vfs_read+0x10/0x2b0`, with ` [MODULE]` behind; undefined where the program could not be run. */
	print(address: bigint): string | undefined;
	close(): void;
}

/** Names have at most 512 bytes (KSYM_NAME_LEN). */
const TEXT_BYTES = 1024;
const FORMAT = "%pS";
const FORMAT_BYTES = 8;
const SNPRINTF = 165;
/** `BPF_F_…` of a map: programs only read it; it can be mapped into memory. */
const READ_ONLY_PROGRAM = 1 << 7;
const MAPPABLE = 1 << 10;

/** undefined where the kernel does not take the program. */
export function openSymbolProgram(libc: Libc): SymbolProgram | undefined {
	const opened: number[] = [];
	const keep = (fd: number): number => {
		if (fd >= 0) opened.push(fd);
		return fd;
	};
	const format = keep(createFormat(libc));
	const text = keep(createArray(libc, TEXT_BYTES, MAPPABLE));
	const instructions = assemble(libc, format, text);
	const shape = { type: ProgramType.rawTracepoint, instructions };
	const program = keep(loadProgram(libc, shape));
	const close = () => {
		for (const fd of opened) libc.call.close(fd);
	};
	const at = program < 0 ? -1 : libc.mapShared(text, TEXT_BYTES, 0, false);
	if (typeof at === "number") {
		close();
		return undefined;
	}
	return {
		print: printer(libc, program, Buffer.from(libc.ffi.view(at, TEXT_BYTES))),
		close() {
			libc.call.munmap(at, TEXT_BYTES);
			close();
		},
	};
}

function printer(
	libc: Libc,
	program: number,
	text: Buffer,
): SymbolProgram["print"] {
	const context = libc.ffi.allocate(8);
	return (address) => {
		context.view.setBigUint64(0, address, true);
		// With the NUL at its end; unsigned, so that an error is a large number.
		const length = runProgram(libc, program, context);
		return length > 0 && length <= TEXT_BYTES
			? text.toString("latin1", 0, length - 1)
			: undefined;
	};
}

function createArray(libc: Libc, valueSize: number, flags: number): number {
	const { array: type } = MapType;
	return createMap(libc, { type, keySize: 4, valueSize, maxEntries: 1, flags });
}

/** The verifier wants a format that nobody can change any more. */
function createFormat(libc: Libc): number {
	const fd = createArray(libc, FORMAT_BYTES, READ_ONLY_PROGRAM);
	const value = libc.ffi.allocate(FORMAT_BYTES);
	value.bytes.set(Buffer.from(FORMAT, "latin1"));
	updateElement(libc, fd, libc.ffi.allocate(4), value);
	freezeMap(libc, fd);
	return fd;
}

/** Opcode, registers (source, destination), offset, constant. */
type Instruction = readonly [number, number, number, number];

function assemble(libc: Libc, format: number, text: number): Memory {
	const code: readonly Instruction[] = [
		[0x79, 0x11, 0, 0], // r1 = context[0]
		[0x7b, 0x1a, -8, 0], // *(u64 *)(r10 - 8) = r1
		[0x18, 0x21, 0, text], // r1 = the value of the map `text`
		[0x00, 0x00, 0, 0],
		[0xb7, 0x02, 0, TEXT_BYTES], // r2 = its size
		[0x18, 0x23, 0, format], // r3 = the value of the map `format`
		[0x00, 0x00, 0, 0],
		[0xbf, 0xa4, 0, 0], // r4 = r10 - 8
		[0x07, 0x04, 0, -8],
		[0xb7, 0x05, 0, 8], // r5 = bytes there
		[0x85, 0x00, 0, SNPRINTF], // r0 = bpf_snprintf(r1, r2, r3, r4, r5)
		[0x95, 0x00, 0, 0], // return r0
	];
	const memory = libc.ffi.allocate(code.length * 8);
	code.forEach(([opcode, registers, offset, constant], i) => {
		memory.view.setUint8(i * 8, opcode);
		memory.view.setUint8(i * 8 + 1, registers);
		memory.view.setInt16(i * 8 + 2, offset, true);
		memory.view.setInt32(i * 8 + 4, constant, true);
	});
	return memory;
}
