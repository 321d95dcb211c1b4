// What bpftrace's messages and records call a script.

/** `place` begins with a file's name. A script given with -e is `stdin` there; who reads such lines looks for that. */
export const asBpftraceNames = (place: string): string =>
	place.replace(/^-e(?=:|$)/, "stdin");
