// What this kernel and this machine offer, by name, so that a case can say what it needs.
import { execFileSync } from "node:child_process";
import { accessSync, constants, readFileSync } from "node:fs";

export type Features = ReadonlyMap<string, boolean>;

/** Folders looked at for a file system on a block device; the first one is the guest's. */
const DISK_FOLDERS = ["/mnt/disk", "/var/tmp", "/tmp", "/"];

/** The rows of `kask --info` that say yes or no: "  kprobe: yes", "  libdw (what for): yes". */
export function readFeatures(info: string): Features {
	const rows = info.matchAll(
		/^\s*(\S[^:(\n]*?)(?: \([^)\n]*\))?: (yes|no)\b/gm,
	);
	return new Map(
		[...rows].map(([, name = "", answer]) => [name, answer === "yes"]),
	);
}

/** A writable folder whose file system is on a block device: direct I/O there can be traced. */
export function findDisk(): string | undefined {
	const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
	const sources = new Map(
		mounts.map((line) => {
			const [source = "", target = ""] = line.split(" ");
			return [target, source];
		}),
	);
	return DISK_FOLDERS.find((folder) => {
		const mounted = sources.get(folder) ?? sources.get("/") ?? "";
		if (!mounted.startsWith("/dev/")) return false;
		try {
			accessSync(folder, constants.W_OK);
			return true;
		} catch {
			return false;
		}
	});
}

function hasProgram(name: string): boolean {
	const folders = (process.env.PATH ?? "").split(":");
	return folders.some((folder) => {
		try {
			accessSync(`${folder}/${name}`, constants.X_OK);
			return true;
		} catch {
			return false;
		}
	});
}

/** Asks kask, and adds what the tests themselves can tell: `disk`, `gcc`. */
export function detectFeatures(
	kask: readonly string[],
	disk: string | undefined,
): Features {
	const [program = "", ...words] = kask;
	const info = execFileSync(program, [...words, "--info"], {
		encoding: "utf8",
		stdio: ["ignore", "pipe", "inherit"],
	});
	return new Map([
		...readFeatures(info),
		["disk", disk !== undefined],
		["gcc", hasProgram("gcc")],
	]);
}
