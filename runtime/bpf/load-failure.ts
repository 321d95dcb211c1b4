// Reads the logs of a load that failed and says which program or map it was, and why.

import { explainRefusal } from "../machine/privileges.ts";
import { describeErrno, type Failure, fail } from "../result.ts";
import type { LoadAttempt } from "./load.ts";

const PROGRAM_LINE = /^libbpf: prog '([^']+)': /m;
const MAP_LINE = /^libbpf: map '([^']+)': failed to create/m;

type Failed = { readonly ok: false; readonly failure: Failure };

/** `text` is what libbpf printed. A verifier log, where there is one, goes before it. */
export function explainLoad(attempt: LoadAttempt, text: string): Failed {
	const { errno, logs } = attempt;
	const [logged] = logs;
	const program = logged?.[0] ?? PROGRAM_LINE.exec(text)?.[1];
	const log = [logged?.[1], text].filter(Boolean).join("\n");
	const more = { log, program };
	const map = MAP_LINE.exec(text)?.[1];
	if (map !== undefined)
		return fail("E0705", { map, why: describeErrno(errno) }, errno, more);
	// EACCES with a log is the verifier speaking; without one, the kernel never looked at the program.
	const refused = logged
		? undefined
		: explainRefusal("load this kind of program", errno, more);
	if (refused) return refused;
	if (logged && program !== undefined)
		return fail("E0704", { probe: program }, errno, more);
	return fail(
		"E0706",
		{ why: telling(text) ?? describeErrno(errno) },
		errno,
		more,
	);
}

/** The first of libbpf's lines that names a reason; the ones after it repeat it at a higher level. */
function telling(text: string): string | undefined {
	const lines = text.split("\n").filter((line) => line.startsWith("libbpf: "));
	const line = lines.find((candidate) => !candidate.includes("-- BEGIN"));
	return line?.slice("libbpf: ".length).trim();
}
