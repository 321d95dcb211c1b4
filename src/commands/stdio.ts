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

/** Majors of devices, as of the kernel's devices.txt: /dev/null and its like, and pseudo-terminals. */
const MEMORY = 1;
const FIRST_PTY = 136;
const LAST_PTY = 143;

/** Any other device is asked, which loads Node's network code: 5 ms. */
export function isTerminal(fd: number): boolean {
	const stat = fstatSync(fd);
	const major = (stat.rdev >> 8) & 0xfff;
	if (!stat.isCharacterDevice() || major === MEMORY) return false;
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
