// Finds tracefs, and mounts it where it is missing: minimal systems and containers often lack it.
import { existsSync } from "node:fs";
import type { Libc } from "../ffi/libc.ts";
import { describeErrno, fail, type Result, succeed } from "../result.ts";

const PLACES = ["/sys/kernel/tracing", "/sys/kernel/debug/tracing"] as const;

/** Where tracefs is mounted; undefined when it isn't. */
export function findTracefs(): string | undefined {
	return PLACES.find((place) => existsSync(`${place}/events`));
}

/** As `findTracefs`, and mounts it if need be. */
export function ensureTracefs(libc: Libc): Result<string> {
	const found = findTracefs();
	if (found !== undefined) return succeed(found);
	const status = libc.call.mount("tracefs", PLACES[0], "tracefs", 0, null);
	if (status === 0) return succeed(PLACES[0]);
	const errno = libc.ffi.errno();
	return fail("E0709", { why: describeErrno(errno) }, errno);
}
