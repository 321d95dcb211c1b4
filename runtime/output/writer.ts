// Writing to stdout, or to the file of `-o`: bytes are gathered and written once per drain. Writes wait for a slow
// reader, so memory stays bounded: what the kernel has to say meanwhile is kept, and in the end counted as lost, there.
import { writeSync } from "node:fs";

/** `none`: every record at once. `line`: whole lines, once per drain. `full`: when much has gathered, and at the end. */
export type BufferMode = "none" | "line" | "full";

export interface Writer {
	/** Takes a byte string. */
	write(bytes: string): void;
	/** After a drain: writes what the mode lets out. */
	flush(): void;
	/** Writes all there is. */
	finish(): void;
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

export function openWriter(options: WriterOptions): Writer {
	let pending = "";
	let broken = false;

	function put(bytes: string): void {
		if (broken || bytes.length === 0) return;
		try {
			writeFully(options.fd, Buffer.from(bytes, "latin1"));
		} catch (error) {
			broken = true;
			if (!(error instanceof Error)) throw error;
			if (codeOf(error) === "EPIPE") options.onClosed();
			else options.onFailed(error);
		}
	}

	function release(length: number): void {
		const bytes =
			length === pending.length ? pending : pending.slice(0, length);
		pending = length === pending.length ? "" : pending.slice(length);
		put(bytes);
	}

	return {
		write(bytes) {
			if (broken) return;
			pending += bytes;
			if (pending.length >= capacity || options.mode === "none")
				release(pending.length);
		},
		flush() {
			if (options.mode === "line") release(pending.lastIndexOf("\n") + 1);
		},
		finish() {
			release(pending.length);
		},
	};
}

const napMs = 5;
const never = new Int32Array(new SharedArrayBuffer(4));

/** Pipes and terminals that someone has set to non-blocking answer EAGAIN when they are full: wait and go on. */
export function writeFully(fd: number, bytes: Uint8Array): void {
	let done = 0;
	while (done < bytes.length) {
		try {
			done += writeSync(fd, bytes, done);
		} catch (error) {
			const code = codeOf(error);
			if (code !== "EAGAIN" && code !== "EINTR") throw error;
			Atomics.wait(never, 0, 0, napMs);
		}
	}
}

function codeOf(error: unknown): string | undefined {
	return error instanceof Error && "code" in error
		? String(error.code)
		: undefined;
}
