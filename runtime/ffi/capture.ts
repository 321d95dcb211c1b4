// Catches what native code writes to stderr during one synchronous call, in a memory file.
// libbpf explains its failures only through a printer that takes a va_list, which JavaScript can't be.
import { closeSync, fstatSync, readSync } from "node:fs";
import type { Libc } from "./libc.ts";

const STDERR = 2;
const MFD_CLOEXEC = 1;

export function captureStderr<T>(
	libc: Libc,
	run: () => T,
): { readonly result: T; readonly text: string } {
	const saved = libc.call.dup(STDERR);
	const file = libc.call.memfd_create("kask-messages", MFD_CLOEXEC);
	if (saved >= 0 && file >= 0) libc.call.dup2(file, STDERR);
	try {
		const result = run();
		return { result, text: file >= 0 ? readAll(file) : "" };
	} finally {
		if (saved >= 0) {
			libc.call.dup2(saved, STDERR);
			closeSync(saved);
		}
		if (file >= 0) closeSync(file);
	}
}

function readAll(fd: number): string {
	const bytes = Buffer.alloc(fstatSync(fd).size);
	const length = readSync(fd, bytes, 0, bytes.length, 0);
	return bytes.toString("utf8", 0, length);
}
