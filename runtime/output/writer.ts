// Writing to stdout, or to the file of `-o`: bytes are gathered and written once per drain. A reader that takes no more
// is not waited for while events come: what was to go out is kept, `choked` tells, and nothing more is drained until it
// has gone. So memory stays bounded, signals are heard, and what the kernel has no more room for is counted as lost there.
import { constants, fstatSync, openSync, writeSync } from "node:fs";

import { monotonicMs } from "../machine/clock.ts";

/** `none`: every record at once. `line`: whole lines, once per drain. `full`: when much has gathered, and at the end. */
export type BufferMode = "none" | "line" | "full";

export interface Writer {
	/** Takes a byte string. */
	write(bytes: string): void;
	/** After a drain: writes what the mode lets out, as far as it is taken at once. */
	flush(): void;
	/** Writes all there is, however long the reader takes for it. */
	finish(): void;
	/** True while something that was to go out has not been taken. */
	readonly choked: boolean;
	/** For how long, in all, something that was to go out had not been taken. */
	readonly waitedMs: number;
}

export interface WriterOptions {
	readonly fd: number;
	readonly mode: BufferMode;
	/** The reader has gone away (`| head`): nothing more can be written. Called once. */
	readonly onClosed: () => void;
	/** Writing failed for another reason (the disk is full). Called once. */
	readonly onFailed: (error: Error) => void;
}

/** Bytes that are gathered at most, whatever the mode. */
const capacity = 64 * 1024;
/** Bytes that are kept at most for a reader that takes no more, as one event may print a large map; then it is waited for. */
const mostKept = 1024 * 1024;

export function openWriter(options: WriterOptions): Writer {
	let pending = "";
	/** What was to go out and has not been taken. */
	let due: Uint8Array = new Uint8Array(0);
	/** Length of `pending` at which it is to go out. */
	let full = capacity;
	let broken = false;

	/** When what is due was first to go out, and for how long all that was before was not taken (ms). */
	let dueSince = 0;
	let waited = 0;

	/** `again`: it was not taken before. */
	function send(wait: boolean, again: boolean): void {
		if (broken || due.length === 0) return;
		if (!again) dueSince = monotonicMs();
		try {
			if (wait) writeFully(options.fd, due);
			const { length } = due;
			const taken = wait ? length : writeSome(options.fd, due, !again);
			due = due.subarray(taken);
		} catch (error) {
			broken = true;
			due = due.subarray(due.length);
			if (!(error instanceof Error)) throw error;
			if (codeOf(error) === "EPIPE") options.onClosed();
			else options.onFailed(error);
		}
		if (due.length === 0) waited += monotonicMs() - dueSince;
	}

	function release(length: number, wait = pending.length >= mostKept): void {
		send(wait, true);
		if (due.length === 0 && length > 0) {
			due = Buffer.from(pending.slice(0, length), "latin1");
			pending = pending.slice(length);
			send(wait, false);
		}
		full = due.length === 0 ? capacity : pending.length + capacity;
	}

	return {
		get choked() {
			return due.length > 0;
		},
		get waitedMs() {
			return waited + (due.length > 0 ? monotonicMs() - dueSince : 0);
		},
		write(bytes) {
			if (broken) return;
			pending += bytes;
			const atOnce = options.mode === "none" && due.length === 0;
			if (pending.length >= full || atOnce) release(pending.length);
		},
		flush() {
			const lines = options.mode === "line" ? pending.lastIndexOf("\n") + 1 : 0;
			release(lines);
		},
		finish() {
			release(pending.length, true);
		},
	};
}

/**
 * Another way into a pipe or terminal, through which nothing waits for its reader. `fd` itself stays as it is: it is
 * shared with other programs, and a `grep` behind kask would fail at its own output.
 */
export function openUnwaiting(fd: number): number {
	const stat = fstatSync(fd);
	if (!stat.isFIFO() && !stat.isCharacterDevice()) return fd;
	try {
		const { O_WRONLY, O_NONBLOCK, O_NOCTTY } = constants;
		return openSync(`/proc/self/fd/${fd}`, O_WRONLY | O_NONBLOCK | O_NOCTTY);
	} catch {
		return fd;
	}
}

const napMs = 1;
/** How long a reader is waited for while it takes nothing, and in all, before others are heard again (ms). */
const patience = { idle: 50, whole: 100 };
const never = new Int32Array(new SharedArrayBuffer(4));

/** Pipes and terminals that do not wait answer EAGAIN when they are full: nap and go on. */
export function writeFully(fd: number, bytes: Uint8Array): void {
	let done = 0;
	for (;;) {
		done += writeOnce(fd, bytes.subarray(done));
		if (done >= bytes.length) return;
		nap();
	}
}

/** Returns how many bytes were taken. A reader that keeps up needs a nap now and then, which the pipe's own buffer bridges. */
function writeSome(fd: number, bytes: Uint8Array, wait: boolean): number {
	let done = 0;
	const start = monotonicMs();
	for (let last = start; done < bytes.length; ) {
		const taken = writeOnce(fd, bytes.subarray(done));
		done += taken;
		const now = monotonicMs();
		if (taken > 0) last = now;
		else if (!wait || now - last > patience.idle) break;
		if (now - start > patience.whole) break;
		if (done < bytes.length) nap();
	}
	return done;
}

/** Bytes taken by one call; none where there is no room. */
function writeOnce(fd: number, bytes: Uint8Array): number {
	if (bytes.length === 0) return 0;
	try {
		return writeSync(fd, bytes);
	} catch (error) {
		const code = codeOf(error);
		if (code === "EAGAIN" || code === "EINTR") return 0;
		throw error;
	}
}

function nap(): void {
	Atomics.wait(never, 0, 0, napMs);
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && "code" in error
		? String(error.code)
		: undefined;
}
