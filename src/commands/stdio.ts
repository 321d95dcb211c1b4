// Text on stdout and stderr, written by the file descriptor: Node's own streams would switch pipes to non-blocking, for
// all programs that share them, and a `grep` behind kask would fail at its own output.
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
	return isatty(2);
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
