// Text on stdout and stderr, written by the file descriptor: Node's own streams would switch pipes to non-blocking, for
// all programs that share them, and a `grep` behind kask would fail at its own output.
import { fstatSync } from "node:fs";
import { isatty } from "node:tty";
import { writeFully } from "../../runtime/output/writer.ts";

/** False when nobody reads any more (`| head`). */
export function printOut(text: string): boolean {
	return print(1, text);
}

export function printError(text: string): void {
	print(2, text);
}

/** Whether people read stderr as it comes. */
export function errorsAreSeen(): boolean {
	return isTerminal(2);
}

/** Majors of pseudo-terminals, at which most people sit (the kernel's devices.txt). */
const FIRST_PTY = 136;
const LAST_PTY = 143;

/** Other devices are asked, which loads Node's network code: 5 ms. */
export function isTerminal(fd: number): boolean {
	const stat = fstatSync(fd);
	if (!stat.isCharacterDevice()) return false;
	const major = (stat.rdev >> 8) & 0xfff;
	return (FIRST_PTY <= major && major <= LAST_PTY) || isatty(fd);
}

function print(fd: number, text: string): boolean {
	try {
		writeFully(fd, Buffer.from(text));
		return true;
	} catch (error) {
		if (error instanceof Error && "code" in error && error.code === "EPIPE")
			return false;
		throw error;
	}
}
