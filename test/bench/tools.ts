// The programs that a bench runs: made from the C files beside it, and those that are there.
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export const root = join(import.meta.dirname, "../..");
/** Everything that a bench writes; gone at its end. */
export const folder = mkdtempSync(join(tmpdir(), "kask-bench-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));

export function build(): { launch: string; floor: string } {
	const launch = join(folder, "launch");
	const floor = join(folder, "floor.o");
	const source = (name: string) => join(import.meta.dirname, name);
	execFileSync("gcc", ["-O2", "-o", launch, source("launch.c")]);
	const flags = ["-target", "bpf", "-O2", "-g", "-c", "-o", floor];
	execFileSync("clang", [...flags, source("floor.bpf.c")]);
	return { launch, floor };
}

/** Something that runs scripts. */
export interface Tracer {
	readonly name: string;
	/** The words before a script's file. */
	readonly words: readonly string[];
}

export const kask: Tracer = {
	name: "kask",
	words: [join(root, "bin/kask")],
};

/** `BPFTRACE=a:b`, else the one on the PATH; none where there is none. */
export function findTracers(): readonly Tracer[] {
	const given = process.env.BPFTRACE?.split(delimiter).filter(Boolean);
	const paths = given ?? onPath("bpftrace");
	const found = paths.filter((path) => existsSync(path));
	return [
		kask,
		...found.map((path) => ({ name: version(path), words: [path] })),
	];
}

function onPath(name: string): string[] {
	const folders = (process.env.PATH ?? "").split(delimiter);
	return folders
		.map((f) => join(f, name))
		.filter(existsSync)
		.slice(0, 1);
}

function version(path: string): string {
	const { stdout } = spawnSync(path, ["--version"], { encoding: "utf8" });
	return stdout.trim().replace(" v", " ").split("-")[0] ?? path;
}
