// Object bytes → programs and maps in the kernel. The first attempt is silent and keeps no log; only when it fails is
// it repeated with a log per program and with libbpf's messages caught, to tell what went wrong.
import type { Memory } from "../ffi/ffi.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { withMessages } from "../ffi/libbpf.ts";
import { type Result, succeed } from "../result.ts";
import { explainLoad } from "./load-failure.ts";

export interface ProgramOptions {
	/** False leaves the program out. */
	readonly autoload?: boolean;
	/** `enum bpf_prog_type` and `bpf_attach_type`, where the section's name does not say it to this libbpf. */
	readonly type?: number;
	readonly expectedAttachType?: number;
	/** Kernel function, or iterator, that a tracing program belongs to. */
	readonly attachTarget?: string;
	/** File descriptor of the BPF program whose function it is; the kernel's own where there is none. */
	readonly attachProgram?: number;
}

export interface MapOptions {
	readonly maxEntries?: number;
	/** False leaves the map out; programs that use it must be left out too. */
	readonly autocreate?: boolean;
}

export interface LoadOptions {
	/** By the function's name in the object. */
	readonly programs?: ReadonlyMap<string, ProgramOptions>;
	readonly maps?: ReadonlyMap<string, MapOptions>;
	/** Bytes of the verifier's log kept per program. */
	readonly logSize?: number;
}

/** What is in the kernel, by name in the object: file descriptors, valid until `close`. */
export interface LoadedObject {
	readonly programs: ReadonlyMap<string, number>;
	readonly maps: ReadonlyMap<string, number>;
	close(): void;
}

export interface LoadAttempt {
	/** errno of the step that failed; 0 when all went well. */
	readonly errno: number;
	readonly object?: LoadedObject;
	/** Verifier logs of programs that have one. */
	readonly logs: ReadonlyMap<string, string>;
}

const DEFAULT_LOG_BYTES = 1 << 20;

/** Loads all programs and creates all maps of a BPF object (ELF bytes). Nothing stays behind when it fails. */
export function openObject(
	kernel: Kernel,
	bytes: Uint8Array,
	options: LoadOptions = {},
): Result<LoadedObject> {
	const quick = attemptLoad(kernel, bytes, options, noLog);
	if (quick.object) return succeed(quick.object);
	const log = { bytes: options.logSize ?? DEFAULT_LOG_BYTES, level: 0 };
	const { result, text } = attemptAloud(kernel, bytes, options, log);
	// It may have worked this time, when the reason was a passing one.
	return result.object ? succeed(result.object) : explainLoad(result, text);
}

/** What the verifier tells at each level; they can be added up. */
export const logLevel = { none: 0, everyState: 2, totals: 4 } as const;

interface LogOptions {
	/** Of each program's buffer. */
	readonly bytes: number;
	/** With 0 the kernel writes a log of what it refuses alone. */
	readonly level: number;
}

const noLog: LogOptions = { bytes: 0, level: logLevel.none };

export interface LoggedLoad {
	/** errno where it failed: ENOSPC where a log has not fitted. */
	readonly errno: number;
	readonly object: Result<LoadedObject>;
	readonly logs: ReadonlyMap<string, string>;
}

/** As `openObject`, with the verifier's log of every program, of those that it takes too. */
export function openWithLogs(
	kernel: Kernel,
	bytes: Uint8Array,
	options: LoadOptions,
	log: LogOptions,
): LoggedLoad {
	const { result, text } = attemptAloud(kernel, bytes, options, log);
	const { errno, logs, object } = result;
	const outcome = object ? succeed(object) : explainLoad(result, text);
	return { errno, object: outcome, logs };
}

function attemptAloud(
	kernel: Kernel,
	bytes: Uint8Array,
	options: LoadOptions,
	log: LogOptions,
): { readonly result: LoadAttempt; readonly text: string } {
	const { libc, libbpf: call, defaultPrinter } = kernel;
	return withMessages(libc, { call, defaultPrinter }, () =>
		attemptLoad(kernel, bytes, options, log),
	);
}

function attemptLoad(
	kernel: Kernel,
	bytes: Uint8Array,
	options: LoadOptions,
	log: LogOptions,
): LoadAttempt {
	const { ffi, libbpf } = kernel;
	const image = ffi.allocate(bytes.length);
	image.bytes.set(bytes);
	const handle = libbpf.bpf_object__open_mem(
		image.bytes,
		image.bytes.length,
		kernel.openOptions.memory.bytes,
	);
	if (handle === null) return { errno: ffi.errno(), logs: new Map() };
	applyMapOptions(kernel, handle, options);
	const buffers = applyProgramOptions(kernel, handle, options, log);
	const status = libbpf.bpf_object__load(handle);
	if (status === 0)
		return {
			errno: 0,
			object: describeObject(kernel, handle, image),
			logs: readLogs(buffers),
		};
	const logs = readLogs(buffers);
	libbpf.bpf_object__close(handle);
	return { errno: -status, logs };
}

function* children(
	next: (parent: bigint, last: bigint | null) => bigint | null,
	handle: bigint,
): Generator<bigint> {
	for (
		let child = next(handle, null);
		child !== null;
		child = next(handle, child)
	)
		yield child;
}

function applyMapOptions(
	kernel: Kernel,
	handle: bigint,
	options: LoadOptions,
): void {
	const { libbpf } = kernel;
	if (!options.maps?.size) return;
	for (const map of children(libbpf.bpf_object__next_map, handle)) {
		const wanted = options.maps.get(libbpf.bpf_map__name(map) ?? "");
		if (wanted?.maxEntries !== undefined)
			libbpf.bpf_map__set_max_entries(map, wanted.maxEntries);
		if (wanted?.autocreate === false) libbpf.bpf_map__set_autocreate(map, 0);
	}
}

function applyProgramOptions(
	kernel: Kernel,
	handle: bigint,
	options: LoadOptions,
	log: LogOptions,
): Map<string, Memory> {
	const { libbpf } = kernel;
	const buffers = new Map<string, Memory>();
	for (const program of children(libbpf.bpf_object__next_program, handle)) {
		const name = libbpf.bpf_program__name(program) ?? "";
		const wanted = options.programs?.get(name) ?? {};
		if (wanted.autoload === false) libbpf.bpf_program__set_autoload(program, 0);
		if (wanted.type !== undefined)
			libbpf.bpf_program__set_type(program, wanted.type);
		if (wanted.expectedAttachType !== undefined) {
			libbpf.bpf_program__set_expected_attach_type(
				program,
				wanted.expectedAttachType,
			);
		}
		if (wanted.attachTarget !== undefined)
			libbpf.bpf_program__set_attach_target(
				program,
				wanted.attachProgram ?? 0,
				wanted.attachTarget,
			);
		if (log.bytes > 0) {
			const buffer = kernel.ffi.allocate(log.bytes);
			libbpf.bpf_program__set_log_buf(program, buffer.address, log.bytes);
			buffers.set(name, buffer);
		}
		if (log.level > 0) libbpf.bpf_program__set_log_level(program, log.level);
	}
	return buffers;
}

function describeObject(
	kernel: Kernel,
	handle: bigint,
	image: Memory,
): LoadedObject {
	const { libbpf } = kernel;
	const programs = new Map<string, number>();
	const maps = new Map<string, number>();
	for (const program of children(libbpf.bpf_object__next_program, handle)) {
		const fd = libbpf.bpf_program__fd(program);
		if (fd >= 0) programs.set(libbpf.bpf_program__name(program) ?? "", fd);
	}
	for (const map of children(libbpf.bpf_object__next_map, handle)) {
		const fd = libbpf.bpf_map__fd(map);
		if (fd >= 0) maps.set(libbpf.bpf_map__name(map) ?? "", fd);
	}
	// libbpf reads the image until it has loaded; holding on to it costs little and is safe with every version.
	let held: Memory | undefined = image;
	const close = () => {
		if (held) libbpf.bpf_object__close(handle);
		held = undefined;
	};
	return { programs, maps, close };
}

function readLogs(buffers: ReadonlyMap<string, Memory>): Map<string, string> {
	const logs = new Map<string, string>();
	for (const [name, { bytes }] of buffers) {
		const end = bytes.indexOf(0);
		if (end > 0)
			logs.set(
				name,
				Buffer.from(bytes.buffer, bytes.byteOffset, end).toString("utf8"),
			);
	}
	return logs;
}
