// What this kernel and this machine offer, by name, so that a case can say what it needs.
import { execFileSync } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";

export type Features = ReadonlyMap<string, boolean>;

/** The rows of `kask --info` that say yes or no: "  kprobe: yes", "  libdw (what for): yes". */
export function readFeatures(info: string): Features {
	const rows = info.matchAll(
		/^\s*(\S[^:(\n]*?)(?: \([^)\n]*\))?: (yes|no)\b/gm,
	);
	return new Map(
		[...rows].map(([, name = "", answer]) => [name, answer === "yes"]),
	);
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

/** Asks kask, and adds what the tests themselves can tell: `disk`, `loop`, `swap`, `gcc`. */
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
		["loop", existsSync("/dev/loop-control")],
		["swap", existsSync("/proc/swaps")],
		["gcc", hasProgram("gcc")],
	]);
}
