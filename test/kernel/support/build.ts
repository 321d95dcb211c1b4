// Compiles the C files of the kernel tests, each once per run, into a folder of its own.
import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const sources = fileURLToPath(new URL("../objects", import.meta.url));
const output = mkdtempSync(join(tmpdir(), "kask-test-"));

/** A BPF object's bytes. */
export function buildObject(name: string): Uint8Array {
	const path = join(output, `${name}.o`);
	const include = `/usr/include/${process.arch === "arm64" ? "aarch64" : "x86_64"}-linux-gnu`;
	const source = join(sources, `${name}.bpf.c`);
	execFileSync("clang", [
		"-target",
		"bpf",
		"-O2",
		"-g",
		"-I",
		include,
		"-c",
		source,
		"-o",
		path,
	]);
	return readFileSync(path);
}

/** Path of a program for this machine. */
export function buildProgram(name: string): string {
	const path = join(output, name);
	execFileSync("clang", ["-O1", "-g", join(sources, `${name}.c`), "-o", path]);
	return path;
}

/** File offsets of functions in a program built by `buildProgram`, whose code lies in the file as it does in memory. */
export function functionOffsets(path: string): ReadonlyMap<string, number> {
	const lines = execFileSync("nm", [path], { encoding: "utf8" }).split("\n");
	return new Map(
		lines.flatMap((line) => {
			const [address = "", kind, symbol = ""] = line.split(" ");
			return kind === "T"
				? [[symbol, Number.parseInt(address, 16)] as const]
				: [];
		}),
	);
}

/** Addresses of the instructions of a function. */
export function instructionAddresses(path: string, name: string): number[] {
	const words = ["-d", `--disassemble=${name}`, path];
	const text = execFileSync("objdump", words, { encoding: "utf8" });
	return [...text.matchAll(/^ +([0-9a-f]+):\t/gm)].map(([, address = ""]) =>
		Number.parseInt(address, 16),
	);
}
