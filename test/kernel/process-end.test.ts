// However a tracer ends, the kernel must be left as it was: nothing is pinned, so nothing can stay.
import { type ChildProcess, spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSync } from "esbuild";
import { expect, test } from "vitest";
import { Attr } from "../../runtime/bpf/attr.ts";
import { ensureTracefs } from "../../runtime/machine/tracefs.ts";
import { buildObject, buildProgram, functionOffsets } from "./support/build.ts";
import { kernel, must } from "./support/kernel.ts";

const support = fileURLToPath(new URL("./support", import.meta.url));
const target = buildProgram("target");
const objectPath = join(dirname(target), "kinds.bytes");
writeFileSync(objectPath, buildObject("kinds"));
const tracefs = must(ensureTracefs(kernel.libc));

/** The tracer as one file; it lies in the repository so that it finds its packages. */
function bundleTracer(): string {
	const outfile = join(support, "../../../.cache/test-tracer.mjs");
	const entryPoints = [join(support, "tracer.ts")];
	buildSync({
		entryPoints,
		outfile,
		bundle: true,
		platform: "node",
		format: "esm",
		external: ["koffi"],
	});
	return outfile;
}

const tracer = bundleTracer();

/** Starts the tracer, and waits for the ids of its programs. */
async function startTracer(
	mode: "wait" | "exit",
): Promise<{ child: ChildProcess; ids: number[] }> {
	const offset = String(functionOffsets(target).get("first"));
	const child = spawn(
		process.execPath,
		[tracer, objectPath, tracefs, target, offset, mode],
		{
			stdio: ["ignore", "pipe", "inherit"],
		},
	);
	const line = await new Promise<string>((resolve) =>
		child.stdout?.once("data", (data) => resolve(String(data))),
	);
	return { child, ids: line.trim().split(" ").map(Number) };
}

function ended(child: ChildProcess): Promise<void> {
	return new Promise((resolve) => child.once("exit", () => resolve()));
}

const PROGRAM_BY_ID = 13;

function isLoaded(id: number): boolean {
	const fd = kernel.libc.bpf(
		PROGRAM_BY_ID,
		new Attr(kernel.ffi, 152).u32(0, id),
	);
	if (fd >= 0) kernel.libc.call.close(fd);
	return fd >= 0;
}

/** The kernel frees programs after a grace period. */
async function waitUntilGone(ids: readonly number[]): Promise<number[]> {
	for (let tries = 0; tries < 50 && ids.some(isLoaded); tries++)
		await new Promise((r) => setTimeout(r, 100));
	return ids.filter(isLoaded);
}

test("a killed tracer leaves nothing behind", async () => {
	const { child, ids } = await startTracer("wait");
	expect(ids).toHaveLength(4);
	expect(ids.filter(isLoaded)).toEqual(ids);
	const end = ended(child);
	child.kill("SIGKILL");
	await end;
	expect(await waitUntilGone(ids)).toEqual([]);
});

test("a tracer that has nothing left to do ends by itself", async () => {
	const { child, ids } = await startTracer("exit");
	await (child.exitCode === null ? ended(child) : undefined);
	expect(child.exitCode).toBe(0);
	expect(await waitUntilGone(ids)).toEqual([]);
});
