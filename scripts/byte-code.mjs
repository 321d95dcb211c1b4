// Lets V8 keep the byte code of what a start of kask runs through, so that later starts need not compile it.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

// What scripts mostly do. As root it is run; otherwise only compiled. The stacks are of kask itself, which has all kinds of
// frames.
const SCRIPT = `
BEGIN { @start[tid] = nsecs; printf("%s %d %s\\n", comm, pid, str("x")); @stacks[kstack, ustack] = count(); exit(); }
tracepoint:sched:sched_process_exec { @[comm] = count(); @s[pid, cpu] = sum(1); }
tracepoint:syscalls:sys_exit_read /pid == 1/ { @h = hist(args.ret); }
END { @a = avg(3); @h = hist(4); @l = lhist(1, 0, 10, 1); }
`;

/** Those of bin/kask: V8 takes the byte code with no others. */
const OPTIONS = ["--no-memory-reducer", "--interrupt-budget=500000"];

/** Failures do no harm: then that start compiles a little more. */
export function makeByteCode(loader) {
	const home = mkdtempSync(join(tmpdir(), "kask-set-up-"));
	const run = (flags, save) =>
		spawnSync(
			process.execPath,
			[...OPTIONS, loader, "-q", ...flags, "-e", SCRIPT],
			{
				stdio: "ignore",
				timeout: 60_000,
				env: {
					PATH: process.env.PATH,
					XDG_CACHE_HOME: home,
					...(save ? { KASK_SAVE_BYTE_CODE: "1" } : {}),
				},
			},
		);
	try {
		run([], false);
		run([], true);
		run(["--no-cache"], true);
	} finally {
		rmSync(home, { recursive: true, force: true });
	}
}
