// The C library's part of the run time: system calls that Node itself does not offer.
import type { Attr } from "../bpf/attr.ts";
import type { Ffi, Library } from "./ffi.ts";

/** System call numbers per `process.arch`; bpf and perf_event_open have no wrapper in libc. */
const syscallNumbers: Readonly<
	Record<string, { readonly bpf: number; readonly perfEventOpen: number }>
> = {
	x64: { bpf: 321, perfEventOpen: 298 },
	arm64: { bpf: 280, perfEventOpen: 241 },
	riscv64: { bpf: 280, perfEventOpen: 241 },
};

const table = {
	// syscall(2) and ioctl(2) are declared with fixed parameters: for integers the calling convention is the same.
	bpf: {
		symbol: "syscall",
		result: "size",
		params: ["size", "i32", "pointer", "u32"],
	},
	perfEventOpen: {
		symbol: "syscall",
		result: "size",
		params: ["size", "pointer", "i32", "i32", "i32", "size"],
	},
	ioctl: { result: "i32", params: ["i32", "size", "size"] },
	mmap: {
		result: "pointer",
		params: ["pointer", "size", "i32", "i32", "i32", "size"],
	},
	clock_gettime: { result: "i32", params: ["i32", "pointer"] },
	getpagesize: { result: "i32", params: [] },
	munmap: { result: "i32", params: ["pointer", "size"] },
	close: { result: "i32", params: ["i32"] },
	dup: { result: "i32", params: ["i32"] },
	dup2: { result: "i32", params: ["i32", "i32"] },
	memfd_create: { result: "i32", params: ["string", "u32"] },
	mount: {
		result: "i32",
		params: ["string", "string", "string", "size", "string"],
	},
	getrlimit: { result: "i32", params: ["i32", "pointer"] },
	setrlimit: { result: "i32", params: ["i32", "pointer"] },
	prctl: { result: "i32", params: ["i32", "size", "size", "size", "size"] },
} as const;

export type LibcFunctions = Library<typeof table>["call"];

export interface Libc {
	readonly ffi: Ffi;
	readonly call: LibcFunctions;
	/** bpf(2): the result, or -errno. */
	bpf(command: number, attr: Attr): number;
	/** perf_event_open(2) with FD_CLOEXEC: the file descriptor, or -errno. */
	perfEventOpen(attr: Attr, pid: number, cpu: number): number;
	/** Shared mapping of a file descriptor: its address, or -errno as a number. */
	mapShared(
		fd: number,
		length: number,
		offset: number,
		writable: boolean,
	): bigint | number;
}

/** Loads the C library (glibc or musl); undefined on a processor whose system call numbers are unknown. */
export function loadLibc(ffi: Ffi): Libc | undefined {
	const numbers = syscallNumbers[process.arch];
	const library = ffi.load(["libc.so.6", "libc.so"], table);
	if (!numbers || !library) return undefined;
	const { call } = library;
	const orErrno = (result: number) => (result < 0 ? -ffi.errno() : result);
	return {
		ffi,
		call,
		bpf(command, attr) {
			inFlight = attr;
			const { bytes } = inFlight.memory;
			return orErrno(call.bpf(numbers.bpf, command, bytes, bytes.length));
		},
		perfEventOpen(attr, pid, cpu) {
			inFlight = attr;
			const { bytes } = inFlight.memory;
			return orErrno(
				call.perfEventOpen(
					numbers.perfEventOpen,
					bytes,
					pid,
					cpu,
					-1,
					PERF_FLAG_FD_CLOEXEC,
				),
			);
		},
		mapShared(fd, length, offset, writable) {
			const address = call.mmap(
				null,
				length,
				writable ? PROT_READ | PROT_WRITE : PROT_READ,
				MAP_SHARED,
				fd,
				offset,
			);
			return address === null || address === MAP_FAILED
				? -ffi.errno()
				: address;
		},
	};
}

// Keeps what a structure points to from being collected while the kernel reads it.
let inFlight: Attr | undefined;

const PERF_FLAG_FD_CLOEXEC = 8;
const PROT_READ = 1;
const PROT_WRITE = 2;
const MAP_SHARED = 1;
const MAP_FAILED = 0xffff_ffff_ffff_ffffn;

const RLIMIT_NOFILE = 7;

/** Raises the soft limit of open files to the hard one: every probe holds one or two. Returns the limit in force. */
export function raiseFileLimit(libc: Libc): number {
	const limits = libc.ffi.allocate(16);
	if (libc.call.getrlimit(RLIMIT_NOFILE, limits.bytes) < 0) return 1024;
	const hard = limits.view.getBigUint64(8, true);
	limits.view.setBigUint64(0, hard, true);
	libc.call.setrlimit(RLIMIT_NOFILE, limits.bytes);
	libc.call.getrlimit(RLIMIT_NOFILE, limits.bytes);
	return Number(limits.view.getBigUint64(0, true));
}
