// How much of the BPF stack a function uses, as its instructions alone tell it. The verifier knows better: it follows
// what helpers are told to write.
import type { ImageInstruction } from "./program-image.ts";

const framePointer = 10;
const moveRegister = 0xbf;
const addNumber = 0x07;

/** Bytes below the frame pointer that are read, written, or whose address is taken. */
export function stackBytes(code: readonly ImageInstruction[]): number {
	let deepest = 0;
	/** Registers that hold an address on the stack, and how far below the frame pointer. */
	const addresses = new Map<number, number>([[framePointer, 0]]);
	for (const { decoded } of code) {
		const { opcode, destination, source, offset, immediate } = decoded;
		const kind = opcode & 7;
		// Loads go by their source, stores by their destination.
		const base = kind === 1 ? source : kind < 4 ? destination : undefined;
		const from = base === undefined ? undefined : addresses.get(base);
		if (from !== undefined && kind > 0)
			deepest = Math.min(deepest, from + offset);
		const held = addresses.get(source);
		if (opcode === moveRegister && held !== undefined)
			addresses.set(destination, held);
		else if (opcode === addNumber && addresses.has(destination)) {
			const sum = (addresses.get(destination) ?? 0) + immediate;
			addresses.set(destination, sum);
			deepest = Math.min(deepest, sum);
		} else if (kind !== 2 && kind !== 3 && kind !== 5 && kind !== 6)
			addresses.delete(destination);
		if (opcode === 0x85)
			for (const r of [0, 1, 2, 3, 4, 5]) addresses.delete(r);
	}
	// Slots have eight bytes.
	return Math.ceil(-deepest / 8) * 8;
}
