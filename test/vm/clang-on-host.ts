// clang for the guest, run by the host: the same compiler on the same files, without the emulation, under which it takes
// forty times as long. The guest's `clang` is clang-from-guest.sh; jobs and answers are files in the share.
import { type ChildProcess, spawn } from "node:child_process";
import {
	chmodSync,
	closeSync,
	copyFileSync,
	existsSync,
	type FSWatcher,
	mkdirSync,
	openSync,
	readFileSync,
	renameSync,
	rmSync,
	watch,
	writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Where the guest sees the folder that holds its `clang`; first on its PATH. */
export const GUEST_BIN = "/mnt/share/bin";

/** The guest has read the answer by then, and may use the job's name again only much later. */
const KEEP_MS = 60_000;

/** Serves the guest that has this share until the watcher is closed. */
export function serveClang(share: string): FSWatcher {
	const bin = join(share, "bin");
	const jobs = join(share, "clang");
	rmSync(jobs, { recursive: true, force: true });
	for (const folder of [bin, jobs]) mkdirSync(folder, { recursive: true });
	const script = join(import.meta.dirname, "clang-from-guest.sh");
	copyFileSync(script, join(bin, "clang"));
	chmodSync(join(bin, "clang"), 0o755);
	const begun = new Set<string>();
	return watch(jobs, (_, file) => {
		if (!file?.endsWith(".ask")) return;
		const job = join(jobs, file.slice(0, -".ask".length));
		const ask = begun.has(job) ? undefined : readAsk(`${job}.ask`);
		if (!ask) return;
		begun.add(job);
		answer(job, ask);
		setTimeout(() => {
			begun.delete(job);
			for (const end of ["ask", "in", "out", "err", "code"])
				rmSync(`${job}.${end}`, { force: true });
		}, KEEP_MS).unref();
	});
}

interface Ask {
	readonly directory: string;
	readonly args: readonly string[];
}

/** The folder, the arguments and an empty line; undefined while the guest still writes. */
function readAsk(path: string): Ask | undefined {
	const text = existsSync(path) ? readFileSync(path, "utf8") : "";
	if (!text.endsWith("\n\n")) return undefined;
	const [directory = "/", ...args] = text.slice(0, -2).split("\n");
	return { directory, args };
}

function answer(job: string, { directory, args }: Ask): void {
	const files = [
		openSync(`${job}.in`, "r"),
		openSync(`${job}.out`, "w"),
		openSync(`${job}.err`, "w"),
	];
	const clang: ChildProcess = spawn("clang", args, {
		cwd: directory,
		stdio: files,
	});
	for (const file of files) closeSync(file);
	const end = (code: number | null) => {
		writeFileSync(`${job}.draft`, `${code ?? -1}\n`);
		renameSync(`${job}.draft`, `${job}.code`);
	};
	clang.on("error", () => end(-1));
	clang.on("exit", end);
}
