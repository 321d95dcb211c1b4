// Writes a recording while a run goes on. What is gathered is compressed and written piece by piece, so that a kask that
// is killed leaves all but the last piece.

import { closeSync, openSync } from "node:fs";
import { gzipSync } from "node:zlib";
import type { Plan } from "../../src/plan.ts";
import { monotonicMs } from "../machine/clock.ts";
import { writeFully } from "../output/writer.ts";
import type { Loss } from "../session/losses.ts";
import { type Frame, type Head, RECORDING_VERSION } from "./frames.ts";

/** Bytes of text that are gathered before they are written. */
const pieceBytes = 256 * 1024;

export interface RecorderRequest {
	readonly path: string;
	readonly plan: Plan;
	readonly probeNames: readonly string[];
	readonly script: { readonly name: string; readonly text: string };
	readonly kernel: string;
	/** Called once; nothing is written after it. */
	readonly onFailed: (why: string) => void;
}

export class Recorder {
	readonly #onFailed: (why: string) => void;
	readonly #began = monotonicMs();
	#fd: number | undefined;
	#lines: string[] = [];
	#gathered = 0;
	#records: Buffer[] = [];

	/** Throws the system's error where the file can't be written. */
	constructor(request: RecorderRequest) {
		this.#onFailed = request.onFailed;
		this.#fd = openSync(request.path, "w", 0o600);
		const head: Head = {
			kask: "recording",
			version: RECORDING_VERSION,
			recorded: new Date().toISOString(),
			kernel: request.kernel,
			script: request.script,
			probes: Array.from(request.probeNames, (name) => name ?? null),
			plan: request.plan,
		};
		this.#line(head);
	}

	/** Keeps a record of the ring buffer until `endOfDrain`, so that all answers it needs stand before it. */
	record(bytes: Uint8Array, offset: number, length: number): void {
		const size = Buffer.alloc(4);
		size.writeUInt32LE(length);
		// A copy: the kernel will write over it.
		this.#records.push(
			size,
			Buffer.from(bytes.subarray(offset, offset + length)),
		);
	}

	endOfDrain(): void {
		if (this.#records.length === 0) return;
		const records = Buffer.concat(this.#records).toString("base64");
		this.#records = [];
		this.#line({ frame: "events", at: this.#at(), records });
	}

	/** What happened by now, of a kind that has no more to it. */
	mark(frame: "print" | "resume" | "drained"): void {
		this.endOfDrain();
		this.#line({ frame, at: this.#at() });
	}

	attached(count: number): void {
		this.#line({ frame: "attached", at: this.#at(), count });
	}

	/** What was lost on the way, but for lost events, which are told by `lost`. */
	losses(losses: readonly Loss[]): void {
		const others = losses.filter(({ reason }) => reason !== "ring-full");
		if (others.length === 0) return;
		this.#line({
			frame: "losses",
			losses: others.map((loss) => ({ ...loss, count: String(loss.count) })),
		});
	}

	lost(count: number): void {
		this.#line({ frame: "lost", count });
	}

	/** Answers and contents of maps. */
	keep(frame: Frame & { readonly frame: "answer" | "map" }): void {
		this.#line(frame);
	}

	close(code: number): void {
		this.endOfDrain();
		this.#line({ frame: "end", at: this.#at(), code });
		this.#write();
		if (this.#fd !== undefined) closeSync(this.#fd);
		this.#fd = undefined;
	}

	#at(): number {
		return Math.round((monotonicMs() - this.#began) * 1000) / 1000;
	}

	#line(content: Frame | Head): void {
		const line = `${JSON.stringify(content)}\n`;
		this.#lines.push(line);
		this.#gathered += line.length;
		if (this.#gathered > pieceBytes) this.#write();
	}

	#write(): void {
		if (this.#fd === undefined) return;
		const piece = gzipSync(this.#lines.join(""));
		this.#lines = [];
		this.#gathered = 0;
		try {
			writeFully(this.#fd, piece);
		} catch (error) {
			closeSync(this.#fd);
			this.#fd = undefined;
			this.#onFailed(error instanceof Error ? error.message : String(error));
		}
	}
}
