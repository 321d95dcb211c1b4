// Stops a program that is being started twice: when it has replaced the one before it, and when the dynamic linker has
// mapped its libraries and is about to begin it. By ptrace(2), and with a breakpoint in its code, which is taken out again:
// not all virtual machines have the processor's own. x86-64.
import {
	closeSync,
	existsSync,
	openSync,
	readFileSync,
	readSync,
	writeSync,
} from "node:fs";
import type { Ffi, Memory } from "../ffi/ffi.ts";
import { monotonicMs } from "../machine/clock.ts";

export interface StartedProgram {
	readonly pid: number;
	/** Lets it begin; it waits until then. */
	start(): void;
	/** A file descriptor that it has until it becomes the program that is meant. */
	readonly heldBy: number;
}

const table = {
	ptrace: { result: "size", params: ["i32", "i32", "size", "size"] },
	waitid: { result: "i32", params: ["i32", "i32", "pointer", "i32"] },
	usleep: { result: "i32", params: ["u32"] },
} as const;

const request = {
	peekUser: 3,
	pokeUser: 6,
	go: 7,
	detach: 17,
	seize: 0x4206,
	interrupt: 0x4207,
} as const;

const TRACE_EXEC = 0x10;
const EVENT_EXEC = 4;
const EVENT_STOP = 128;
const SIGTRAP = 5;
/** Offset in `struct user` of sys/user.h. */
const RIP = 128;
/** The instruction `int3`, of one byte; the processor stops behind it. */
const BREAKPOINT = 0xcc;
const AT_ENTRY = 9n;

const P_PID = 1;
const WSTOPPED = 2;
const WEXITED = 4;
const WNOHANG = 1;
const WNOWAIT = 0x0100_0000;
/** `si_code`s for a child that lives. */
const CLD_TRAPPED = 4;
const CLD_STOPPED = 5;

const PATIENCE_MS = 2000;
const PAUSE_US = 100;
/** ms between two looks at a process that is to be let go. */
const LATER_MS = 50;

/**
 * Starts the program and calls `onStop` at both stops. It goes on by itself where it can't be traced, does not get as
 * far as that in two seconds, or ends before. Its end is left for others to wait for.
 */
export function startToEntry(
	ffi: Ffi,
	program: StartedProgram,
	onStop: () => void,
): void {
	const call = loadCalls(ffi);
	const { pid } = program;
	const traced = call && call.ptrace(request.seize, pid, 0, TRACE_EXEC) >= 0;
	program.start();
	if (traced) new Trace(call, ffi.allocate(128), program, onStop).run();
}

type Calls = NonNullable<ReturnType<typeof loadCalls>>;

function loadCalls(ffi: Ffi) {
	return ffi.load(["libc.so.6", "libc.so"], table)?.call;
}

class Trace {
	readonly #call: Calls;
	readonly #info: Memory;
	readonly #program: StartedProgram;
	readonly #onStop: () => void;
	/** Set once there is a breakpoint, with the byte that is there otherwise. */
	#entry: { readonly at: number; readonly byte: number } | undefined;
	/** What was done in stops does not count as waiting. */
	#until = monotonicMs() + PATIENCE_MS;

	constructor(
		call: Calls,
		info: Memory,
		program: StartedProgram,
		onStop: () => void,
	) {
		this.#call = call;
		this.#info = info;
		this.#program = program;
		this.#onStop = onStop;
	}

	run(): void {
		let interrupted = false;
		for (;;) {
			const state = this.#look();
			if (state === "ended") return;
			if (state === "runs") {
				const late = monotonicMs() - this.#until;
				if (late > PATIENCE_MS) {
					this.#letGoLater();
					return;
				}
				if (late > 0 && !interrupted) {
					this.#ask(request.interrupt);
					interrupted = true;
				}
				this.#call.usleep(PAUSE_US);
			} else if (this.#isAtEntry(state)) {
				this.#onStop();
				this.#leave(0);
				return;
			} else if (interrupted) {
				this.#leave(passedOn(state));
				return;
			} else if (!this.#goOn(state)) return;
		}
	}

	/** For one that has not stopped though it was asked to, such as one that waits for a disk: else it would stay stopped. */
	#letGoLater(): void {
		const timer = setInterval(() => {
			const state = this.#look();
			if (state === "runs") return;
			clearInterval(timer);
			if (state !== "ended") this.#leave(passedOn(state));
		}, LATER_MS).unref();
	}

	/** How it is with the process; the number of a stop is its signal, and its event above the lowest eight bits. */
	#look(): "runs" | "ended" | number {
		const { view, bytes } = this.#info;
		bytes.fill(0);
		const all = WEXITED | WSTOPPED | WNOHANG | WNOWAIT;
		const { pid } = this.#program;
		if (this.#call.waitid(P_PID, pid, bytes, all) < 0) return "ended";
		if (view.getInt32(16, true) === 0) return "runs";
		const code = view.getInt32(8, true);
		if (code !== CLD_TRAPPED && code !== CLD_STOPPED) return "ended";
		const status = view.getInt32(24, true);
		this.#call.waitid(P_PID, pid, bytes, WSTOPPED | WNOHANG);
		return status;
	}

	#isAtEntry(stop: number): boolean {
		return (
			this.#entry !== undefined &&
			stop === SIGTRAP &&
			this.#ask(request.peekUser, RIP) === this.#entry.at + 1
		);
	}

	/** False where it goes on without us. */
	#goOn(stop: number): boolean {
		const isExec = stop >> 8 === EVENT_EXEC;
		const { pid, heldBy } = this.#program;
		if (isExec && !existsSync(`/proc/${pid}/fd/${heldBy}`)) {
			const begin = monotonicMs();
			this.#onStop();
			this.#until += monotonicMs() - begin;
			if (!this.#breakAtEntry()) {
				this.#leave(0);
				return false;
			}
		}
		this.#ask(request.go, 0, passedOn(stop));
		return true;
	}

	/** False where it can't be, or somebody else has one there. */
	#breakAtEntry(): boolean {
		const { pid } = this.#program;
		const at = readEntry(pid);
		const byte = at === undefined ? undefined : exchange(pid, at, BREAKPOINT);
		if (at === undefined || byte === undefined) return false;
		this.#entry = { at, byte };
		return byte !== BREAKPOINT;
	}

	#leave(signal: number): void {
		const { pid } = this.#program;
		if (this.#entry) {
			const { at, byte } = this.#entry;
			if (byte !== BREAKPOINT) exchange(pid, at, byte);
			if (this.#ask(request.peekUser, RIP) === at + 1)
				this.#ask(request.pokeUser, RIP, at);
		}
		this.#ask(request.detach, 0, signal);
	}

	#ask(what: number, address = 0, data = 0): number {
		return this.#call.ptrace(what, this.#program.pid, address, data);
	}
}

/** The signal that a stop keeps from the process; 0 for stops that are tracing's own. */
function passedOn(stop: number): number {
	const isEvent = stop >> 8 === EVENT_EXEC || stop >> 8 === EVENT_STOP;
	return isEvent ? 0 : stop & 0x7f;
}

/** Puts a byte into the memory of a process that is stopped; gives the one that was there. */
function exchange(pid: number, at: number, byte: number): number | undefined {
	let memory: number | undefined;
	try {
		memory = openSync(`/proc/${pid}/mem`, "r+");
		const one = Buffer.alloc(1);
		readSync(memory, one, 0, 1, at);
		writeSync(memory, Buffer.of(byte), 0, 1, at);
		return one[0];
	} catch {
		// Gone, or not to be written to.
		return undefined;
	} finally {
		if (memory !== undefined) closeSync(memory);
	}
}

/** The address that the program begins at, wherever it was loaded. */
function readEntry(pid: number): number | undefined {
	try {
		const words = readFileSync(`/proc/${pid}/auxv`);
		for (let at = 0; at + 16 <= words.length; at += 16)
			if (words.readBigUInt64LE(at) === AT_ENTRY)
				return Number(words.readBigUInt64LE(at + 8));
	} catch {
		// Gone.
	}
	return undefined;
}
