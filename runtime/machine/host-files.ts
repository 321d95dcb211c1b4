// Files, users and commands, as builtins ask the host for them. All texts are byte strings.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { fromByteString } from "../../src/base/byte-text.ts";
import { errorTexts } from "../../src/builtins/data/errors.ts";
import type { FileResult } from "../../src/builtins/host.ts";

/** Never throws: what can't be read comes back as a reason. */
export function readFile(path: string, limit: number): FileResult {
	let fd: number | undefined;
	try {
		// Byte strings name files exactly, whatever their encoding.
		fd = openSync(Buffer.from(path, "latin1"), "r");
		const bytes = Buffer.alloc(limit);
		let length = 0;
		// Files of /proc come in pieces.
		for (let read = -1; read !== 0 && length < limit; length += read)
			read = readSync(fd, bytes, length, limit - length, null);
		return { ok: true, bytes: bytes.toString("latin1", 0, length) };
	} catch (error) {
		return { ok: false, reason: describe(error) };
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}

function describe(error: unknown): string {
	const errno =
		error instanceof Error && "errno" in error ? Number(error.errno) : 0;
	return errorTexts[-errno] || String(error);
}

/** From /etc/passwd; "" where there is no such user. */
export function userName(uid: number): string {
	const file = readFile("/etc/passwd", 16 * 1024 * 1024);
	if (!file.ok) return "";
	const line = file.bytes
		.split("\n")
		.find((entry) => entry.split(":")[2] === String(uid));
	return line?.split(":")[0] ?? "";
}

const mostOutput = 64 * 1024 * 1024;

/** What it prints on stderr comes along in its place. */
export function shell(command: string): string {
	const script = 'exec 2>&1; exec sh -c "$1"';
	const { stdout } = spawnSync(
		"sh",
		["-c", script, "sh", fromByteString(command)],
		{ stdio: ["inherit", "pipe", "inherit"], maxBuffer: mostOutput },
	);
	return stdout.toString("latin1");
}
