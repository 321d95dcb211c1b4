// Starts a program by posix_spawn(3), and goes on while it runs. Node's child_process would do, but to load it takes 8 ms
// of a start of kask. Input goes through a pipe, so that a program whose kask was killed reads an end and ends too; output
// comes through memory files, so that nobody waits for anybody.
import { closeSync, fstatSync, readSync } from "node:fs";
import { writeFully } from "../output/writer.ts";
import { Errno } from "../result.ts";
import type { Ffi, Memory } from "./ffi.ts";

export interface Ended {
	/** Exit code; undefined for a program that a signal ended. */
	readonly code: number | undefined;
	readonly stdout: Buffer;
	readonly stderr: Buffer;
}

/** A program that waits for its input. Wait for its end, or kill it. */
export interface Spawned {
	/** Gives it all its input. To be called once. */
	send(input: string): void;
	/** Waits for its end. */
	wait(): Ended;
	/** Ends it; what it has to say is not wanted. */
	kill(): void;
}

const table = {
	pipe2: { result: "i32", params: ["pointer", "i32"] },
	memfd_create: { result: "i32", params: ["string", "u32"] },
	waitpid: { result: "i32", params: ["i32", "pointer", "i32"] },
	posix_spawnp: {
		result: "i32",
		params: ["pointer", "string", "pointer", "pointer", "pointer", "pointer"],
	},
	posix_spawn_file_actions_init: { result: "i32", params: ["pointer"] },
	posix_spawn_file_actions_destroy: { result: "i32", params: ["pointer"] },
	posix_spawn_file_actions_adddup2: {
		result: "i32",
		params: ["pointer", "i32", "i32"],
	},
	posix_spawn_file_actions_addchdir_np: {
		result: "i32",
		params: ["pointer", "string"],
	},
	posix_spawnattr_init: { result: "i32", params: ["pointer"] },
	posix_spawnattr_setflags: { result: "i32", params: ["pointer", "i32"] },
	posix_spawnattr_setsigdefault: {
		result: "i32",
		params: ["pointer", "pointer"],
	},
} as const;

type Calls = ReturnType<typeof loadCalls>;

function loadCalls(ffi: Ffi) {
	return ffi.load(["libc.so.6", "libc.so"], table)?.call;
}

const O_CLOEXEC = 0o2000000;
const MFD_CLOEXEC = 1;
/** More than the C libraries take for `posix_spawn_file_actions_t` (80 bytes) and `posix_spawnattr_t` (336). */
const ROOM_BYTES = 512;
const SETSIGDEFAULT = 4;
/** As a bit of a `sigset_t`. Node ignores it, and what is ignored stays so in a new program. */
const SIGPIPE_BIT = 1 << 12;

/** `argv` begins with a name on the PATH, or a path; it runs in the folder `cwd`. undefined where it cannot be started. */
export function spawnProgram(
	ffi: Ffi,
	argv: readonly string[],
	cwd: string | undefined,
): Spawned | undefined {
	const call = loadCalls(ffi);
	const ends = ffi.allocate(8);
	if (!call || call.pipe2(ends.bytes, O_CLOEXEC) < 0) return undefined;
	const input = ends.view.getInt32(4, true);
	const files = {
		input: ends.view.getInt32(0, true),
		output: call.memfd_create("kask-output", MFD_CLOEXEC),
		errors: call.memfd_create("kask-errors", MFD_CLOEXEC),
	};
	const pid = startWith(ffi, call, argv, cwd, files);
	closeSync(files.input);
	if (pid === undefined) {
		for (const fd of [input, files.output, files.errors])
			if (fd >= 0) closeSync(fd);
		return undefined;
	}
	return handle(input, files, pid, () => waitFor(ffi, call, pid));
}

function handle(
	input: number,
	{ output, errors }: Files,
	pid: number,
	waitForCode: () => number | undefined,
): Spawned {
	let isOpen = true;
	const close = () => {
		if (isOpen) closeSync(input);
		isOpen = false;
	};
	const wait = () => {
		close();
		const code = waitForCode();
		const stdout = takeAll(output);
		return { code, stdout, stderr: takeAll(errors) };
	};
	return {
		send(text) {
			writeWhile(input, text);
			close();
		},
		wait,
		kill() {
			process.kill(pid, "SIGKILL");
			wait();
		},
	};
}

interface Files {
	readonly input: number;
	readonly output: number;
	readonly errors: number;
}

function startWith(
	ffi: Ffi,
	call: NonNullable<Calls>,
	argv: readonly string[],
	cwd: string | undefined,
	files: Files,
): number | undefined {
	const pid = ffi.allocate(4);
	const actions = ffi.allocate(ROOM_BYTES).bytes;
	const attributes = ffi.allocate(ROOM_BYTES).bytes;
	const usual = ffi.allocate(128);
	usual.view.setUint32(0, SIGPIPE_BIT, true);
	call.posix_spawnattr_init(attributes);
	call.posix_spawnattr_setflags(attributes, SETSIGDEFAULT);
	call.posix_spawnattr_setsigdefault(attributes, usual.bytes);
	call.posix_spawn_file_actions_init(actions);
	const standard = [files.input, files.output, files.errors];
	for (const [i, fd] of standard.entries())
		call.posix_spawn_file_actions_adddup2(actions, fd, i);
	if (cwd !== undefined) changeFolder(call, actions, cwd);
	const environment = Object.entries(process.env).map(([k, v]) => `${k}=${v}`);
	const words = vector(ffi, argv);
	const variables = vector(ffi, environment);
	const errno = call.posix_spawnp(
		pid.bytes,
		argv[0] ?? "",
		actions,
		attributes,
		words.bytes,
		variables.bytes,
	);
	call.posix_spawn_file_actions_destroy(actions);
	return errno === 0 ? pid.view.getInt32(0, true) : undefined;
}

/** glibc has it since 2.29; with an older one the program runs where kask does. */
function changeFolder(
	call: NonNullable<Calls>,
	actions: Uint8Array,
	cwd: string,
): void {
	try {
		call.posix_spawn_file_actions_addchdir_np(actions, cwd);
	} catch {
		// No such function to bind.
	}
}

/** `char *const []`, which ends with NULL, and behind it what it points to. */
function vector(ffi: Ffi, texts: readonly string[]): Memory {
	const copies = texts.map((text) => Buffer.from(`${text}\0`));
	let at = (texts.length + 1) * 8;
	const size = copies.reduce((sum, { length }) => sum + length, at);
	const memory = ffi.allocate(size);
	for (const [i, copy] of copies.entries()) {
		memory.view.setBigUint64(i * 8, memory.address + BigInt(at), true);
		memory.bytes.set(copy, at);
		at += copy.length;
	}
	return memory;
}

/** A program that ends without reading all of its input is not at fault for that. */
function writeWhile(fd: number, text: string): void {
	try {
		writeFully(fd, Buffer.from(text));
	} catch (error) {
		const isGone =
			error instanceof Error && "code" in error && error.code === "EPIPE";
		if (!isGone) throw error;
	}
}

/** The exit code; undefined after a signal. */
function waitFor(
	ffi: Ffi,
	call: NonNullable<Calls>,
	pid: number,
): number | undefined {
	const status = ffi.allocate(4);
	while (call.waitpid(pid, status.bytes, 0) < 0)
		if (ffi.errno() !== Errno.EINTR) return undefined;
	const word = status.view.getUint32(0, true);
	return (word & 0x7f) === 0 ? (word >> 8) & 0xff : undefined;
}

/** Everything that was written to a memory file, which is closed. */
function takeAll(fd: number): Buffer {
	const bytes = Buffer.alloc(fstatSync(fd).size);
	let done = 0;
	while (done < bytes.length) {
		const count = readSync(fd, bytes, done, bytes.length - done, done);
		if (count === 0) break;
		done += count;
	}
	closeSync(fd);
	return bytes;
}
