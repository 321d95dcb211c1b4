// One compiled script as a file: mark, checksum, lengths, then the Plan as JSON and the object as it is.
import { PLAN_VERSION, type Plan } from "../../src/plan.ts";
import type { Dependency } from "./dependencies.ts";
import { digestBytes } from "./digest.ts";

export interface CompiledScript {
	readonly plan: Plan;
	/** ELF bytes of the BPF object. */
	readonly object: Uint8Array;
}

export interface Entry extends CompiledScript {
	readonly dependencies: readonly Dependency[];
}

interface Head {
	readonly key: string;
	readonly plan: Plan;
	readonly dependencies: readonly Dependency[];
}

const MARK = Buffer.from("KASKBPF2", "latin1");
const CHECKSUM_BYTES = 16;
/** Mark, checksum, and two u32: bytes of JSON and of the object. */
const PREFIX_BYTES = MARK.length + CHECKSUM_BYTES + 8;

export function encodeEntry(key: string, entry: Entry): Buffer {
	const { plan, dependencies, object } = entry;
	const head = Buffer.from(JSON.stringify({ key, plan, dependencies }), "utf8");
	const lengths = Buffer.alloc(8);
	lengths.writeUInt32LE(head.length, 0);
	lengths.writeUInt32LE(object.length, 4);
	const body = Buffer.concat([lengths, head, object]);
	return Buffer.concat([MARK, digestBytes(body), body]);
}

/** undefined for anything but a whole and undamaged entry of that key, written for this version of the Plan. */
export function decodeEntry(key: string, bytes: Buffer): Entry | undefined {
	if (bytes.length < PREFIX_BYTES) return undefined;
	const body = bytes.subarray(MARK.length + CHECKSUM_BYTES);
	const sum = bytes.subarray(MARK.length, MARK.length + CHECKSUM_BYTES);
	const headEnd = 8 + body.readUInt32LE(0);
	const isWhole =
		bytes.subarray(0, MARK.length).equals(MARK) &&
		headEnd + body.readUInt32LE(4) === body.length &&
		sum.equals(digestBytes(body));
	if (!isWhole) return undefined;
	const head: Head = JSON.parse(body.toString("utf8", 8, headEnd));
	if (head.key !== key || head.plan.version !== PLAN_VERSION) return undefined;
	const { plan, dependencies } = head;
	return { plan, dependencies, object: body.subarray(headEnd) };
}
