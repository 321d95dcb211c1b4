// Frees a guest that runs in circles on code that is no longer there. QEMU before 8.1 translates guest code without a lock
// on its page: when one CPU changes an instruction (a tracepoint, a kprobe or statistics are switched) while another's
// is being translated, the old one can stay. Linux puts an int3 there meanwhile, and a CPU that keeps that int3 traps for
// ever. Writing the same bytes back over QEMU's gdb stub makes QEMU translate them anew, and harms nothing.
import { once } from "node:events";
import { createConnection, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";

/** The CPUs may be on their way through the trap's handler, and are looked at so many times. */
const LOOKS = 20;
const LOOK_AGAIN_MS = 20;
const BYTES_BEFORE = 16;
const BYTES = 32;
/** Of the registers as the stub tells them for x86-64, `rip` comes after sixteen others. */
const RIP = 16 * 8;

/** One client of a stub. The machine stands still from when it connects until it detaches. */
class Stub {
	readonly #socket: Socket;
	#received = "";

	constructor(socket: Socket) {
		this.#socket = socket;
		socket.setEncoding("latin1");
		socket.on("data", (text: string) => {
			this.#received += text;
		});
	}

	/** Sends a packet, and gives what comes back. */
	async ask(text: string): Promise<string> {
		let sum = 0;
		for (const byte of Buffer.from(text, "latin1")) sum = (sum + byte) & 0xff;
		this.#received = "";
		this.#socket.write(`$${text}#${sum.toString(16).padStart(2, "0")}`);
		for (;;) {
			const packet = /\$([^#]*)#[0-9a-f]{2}/.exec(this.#received);
			if (packet) {
				this.#socket.write("+");
				return packet[1] ?? "";
			}
			await once(this.#socket, "data");
		}
	}
}

/** Writes the bytes around the instruction of a CPU, counted from 1, as they are. */
async function rewriteAround(stub: Stub, cpu: number): Promise<void> {
	if ((await stub.ask(`Hg${cpu}`)) !== "OK") return;
	const registers = Buffer.from(await stub.ask("g"), "hex");
	if (registers.length < RIP + 8) return;
	const from = registers.readBigUInt64LE(RIP) - BigInt(BYTES_BEFORE);
	const place = `${BigInt.asUintN(64, from).toString(16)},${BYTES.toString(16)}`;
	const bytes = await stub.ask(`m${place}`);
	if (bytes.length === BYTES * 2) await stub.ask(`M${place}:${bytes}`);
}

/** `path` is the socket of the stub. Rejects when nobody listens there. */
export async function retranslate(path: string, cpus: number): Promise<void> {
	for (let look = 0; look < LOOKS; look++) {
		const socket = createConnection(path);
		await once(socket, "connect");
		const stub = new Stub(socket);
		for (let cpu = 1; cpu <= cpus; cpu++) await rewriteAround(stub, cpu);
		await stub.ask("D");
		socket.destroy();
		await sleep(LOOK_AGAIN_MS);
	}
}
