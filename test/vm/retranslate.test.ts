// Against a stand-in for QEMU's gdb stub, which has two CPUs with memory of their own making.
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { retranslate } from "./retranslate.ts";

const RIPS = [0xffffffff811f1ab8n, 0x10n];

let folder: string;
let server: Server | undefined;
let asked: string[];

beforeEach(() => {
	folder = mkdtempSync(join(tmpdir(), "kask-stub-"));
	asked = [];
});
afterEach(() => {
	server?.close();
	rmSync(folder, { recursive: true, force: true });
});

function registers(cpu: number): string {
	const bytes = Buffer.alloc(560);
	bytes.writeBigUInt64LE(RIPS[cpu] ?? 0n, 128);
	return bytes.toString("hex");
}

/** Memory at an address: its lowest byte, counting up. The second CPU's has none. */
function memory(cpu: number, address: bigint): string {
	if (cpu === 1) return "E14";
	const first = Number(address & 0xffn);
	return Buffer.from(Array.from({ length: 32 }, (_, i) => first + i)).toString(
		"hex",
	);
}

function checksum(text: string): string {
	const sum = [...Buffer.from(text)].reduce((all, byte) => all + byte, 0);
	return (sum & 0xff).toString(16).padStart(2, "0");
}

async function startStub(): Promise<string> {
	const path = join(folder, "gdb");
	server = createServer((socket) => {
		let cpu = 0;
		socket.on("data", (chunk) => {
			for (const [, text = "", sum] of String(chunk).matchAll(
				/\$([^#]*)#(..)/g,
			)) {
				expect(sum).toBe(checksum(text));
				asked.push(text);
				if (text.startsWith("Hg")) cpu = Number(text.slice(2)) - 1;
				const address = BigInt(`0x${/^m(\w+)/.exec(text)?.[1] ?? 0}`);
				const answer = text.startsWith("m")
					? memory(cpu, address)
					: text === "g"
						? registers(cpu)
						: "OK";
				// In two parts, as a socket may deliver it.
				socket.write(`+$${answer}`);
				setImmediate(() => socket.write(`#${checksum(answer)}`));
			}
		});
	});
	await new Promise<void>((resolve) => server?.listen(path, resolve));
	return path;
}

test("the code around each CPU's instruction is written back as it was, and the machine goes on", async () => {
	await retranslate(await startStub(), 2);
	const bytes = memory(0, 0xa8n);
	const look = [
		...["Hg1", "g", "mffffffff811f1aa8,20", `Mffffffff811f1aa8,20:${bytes}`],
		...["Hg2", "g", "m0,20", "D"],
	];
	expect(asked.slice(0, look.length)).toEqual(look);
	expect(asked.filter((text) => text === "D").length).toBeGreaterThan(5);
	expect(asked.at(-1)).toBe("D");
});

test("where nobody listens, the caller hears of it", async () => {
	await expect(retranslate(join(folder, "none"), 2)).rejects.toThrow("ENOENT");
});
