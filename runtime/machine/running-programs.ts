// BPF programs that run in the kernel now, and their functions by the names that their type information gives: the
// kernel's own names of programs are cut off after 15 letters.
import type { RunningProgram } from "../../src/probes/definition.ts";
import { nameOf, openBtf, placeOf } from "../../src/types/btf-data.ts";
import { attr, Command } from "../bpf/command.ts";
import { ProgramType } from "../bpf/program.ts";
import type { Memory } from "../ffi/ffi.ts";
import type { Libc } from "../ffi/libc.ts";

/** Offsets in `struct bpf_prog_info`. */
const ProgramInfo = {
	bytes: 232,
	type: 0,
	jitedBytes: 16,
	btf: 128,
	functionBytes: 132,
	functions: 136,
	functionCount: 144,
} as const;
/** An instruction's offset, and the type id of the function there. */
const FUNCTION_BYTES = 8;

/** In the order in which they were loaded. Without those that the kernel lets nobody trace. */
export function runningPrograms(libc: Libc): readonly RunningProgram[] {
	const found: RunningProgram[] = [];
	let id = 0;
	for (;;) {
		const next = attr(libc).u32(0, id);
		if (libc.bpf(Command.programNextId, next) < 0) return found;
		id = next.memory.view.getUint32(4, true);
		const functions = withProgram(libc, id, (fd) => functionsOf(libc, fd));
		if (functions?.length) found.push({ id, functions });
	}
}

/** A file descriptor of a running program, or -errno. */
export function openProgram(libc: Libc, id: number): number {
	return libc.bpf(Command.programFdById, attr(libc).u32(0, id));
}

function withProgram<T>(
	libc: Libc,
	id: number,
	use: (fd: number) => T,
): T | undefined {
	const fd = openProgram(libc, id);
	if (fd < 0) return undefined;
	try {
		return use(fd);
	} finally {
		libc.call.close(fd);
	}
}

function infoOf(libc: Libc, fd: number, info: Memory): boolean {
	const a = attr(libc).u32(0, fd).u32(4, info.bytes.length).pointer(8, info);
	return libc.bpf(Command.objectInfo, a) >= 0;
}

function functionsOf(libc: Libc, fd: number): readonly string[] {
	const info = libc.ffi.allocate(ProgramInfo.bytes);
	if (!infoOf(libc, fd, info)) return [];
	const { view } = info;
	const u32 = (offset: number) => view.getUint32(offset, true);
	const traceable =
		u32(ProgramInfo.type) !== ProgramType.tracing &&
		u32(ProgramInfo.jitedBytes) > 0;
	const count = u32(ProgramInfo.functionCount);
	const btf = u32(ProgramInfo.btf);
	if (!traceable || count === 0 || btf === 0) return [];
	const list = libc.ffi.allocate(count * FUNCTION_BYTES);
	const again = libc.ffi.allocate(ProgramInfo.bytes);
	again.view.setUint32(ProgramInfo.functionBytes, FUNCTION_BYTES, true);
	again.view.setBigUint64(ProgramInfo.functions, list.address, true);
	again.view.setUint32(ProgramInfo.functionCount, count, true);
	if (!infoOf(libc, fd, again)) return [];
	const ids = Array.from({ length: count }, (_, i) =>
		list.view.getUint32(i * FUNCTION_BYTES + 4, true),
	);
	return namesOf(libc, btf, ids);
}

/** Names of types of the BTF with that id. */
function namesOf(
	libc: Libc,
	btf: number,
	ids: readonly number[],
): readonly string[] {
	const fd = libc.bpf(Command.btfFdById, attr(libc).u32(0, btf));
	if (fd < 0) return [];
	const bytes = readBtf(libc, fd);
	libc.call.close(fd);
	const opened = bytes && openBtf(bytes);
	if (!opened?.ok) return [];
	return ids.flatMap((id) => {
		const place = placeOf(opened.btf, id);
		return place ? nameOf(place) : [];
	});
}

/** `struct bpf_btf_info`: a pointer, and the size. */
function readBtf(libc: Libc, fd: number): Uint8Array | undefined {
	const info = libc.ffi.allocate(16);
	if (!infoOf(libc, fd, info)) return undefined;
	const memory = libc.ffi.allocate(info.view.getUint32(8, true));
	info.view.setBigUint64(0, memory.address, true);
	return infoOf(libc, fd, info) ? memory.bytes.slice() : undefined;
}
