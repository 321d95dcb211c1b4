// Every class of BPF instruction, from its bytes to the notation of the kernel's verifier.
import { expect, test } from "vitest";
import {
	decodeInstructions,
	instructionText,
} from "../../runtime/explain/instructions.ts";

/** Opcode, registers (source high, destination low), offset, immediate: as the kernel stores them. */
function encode(
	opcode: number,
	registers: number,
	offset: number,
	immediate: number,
): number[] {
	const bytes = new DataView(new ArrayBuffer(8));
	bytes.setUint8(0, opcode);
	bytes.setUint8(1, registers);
	bytes.setInt16(2, offset, true);
	bytes.setInt32(4, immediate | 0, true);
	return [...new Uint8Array(bytes.buffer)];
}

const rows: readonly [
	text: string,
	opcode: number,
	registers: number,
	offset?: number,
	immediate?: number,
][] = [
	["r1 += -4", 0x07, 0x01, 0, -4],
	["w3 -= w2", 0x1c, 0x23],
	["r7 *= 10", 0x27, 0x07, 0, 10],
	["r1 /= 1000", 0x37, 0x01, 0, 1000],
	["r1 s/= r2", 0x3f, 0x21, 1],
	["w1 |= 16", 0x44, 0x01, 0, 16],
	["r1 &= 255", 0x57, 0x01, 0, 255],
	["r1 <<= 32", 0x67, 0x01, 0, 32],
	["r2 >>= 16", 0x77, 0x02, 0, 16],
	["r8 = -r8", 0x87, 0x08],
	["r1 %= 7", 0x97, 0x01, 0, 7],
	["w1 s%= 7", 0x94, 0x01, 1, 7],
	["r1 ^= r2", 0xaf, 0x21],
	["r2 = r10", 0xbf, 0xa2],
	["w2 = 16", 0xb4, 0x02, 0, 16],
	["r1 = (s8)r2", 0xbf, 0x21, 8],
	["r2 s>>= 63", 0xc7, 0x02, 0, 63],
	["r1 = le32 r1", 0xd4, 0x01, 0, 32],
	["r1 = be16 r1", 0xdc, 0x01, 0, 16],
	["r1 = bswap64 r1", 0xd7, 0x01, 0, 64],
	["r1 = *(u64 *)(r0 +8)", 0x79, 0x01, 8],
	["r1 = *(u8 *)(r10 -1)", 0x71, 0xa1, -1],
	["r1 = *(u16 *)(r2 +0)", 0x69, 0x21],
	["r1 = *(s32 *)(r2 +4)", 0x81, 0x21, 4],
	["*(u64 *)(r10 -16) = 5", 0x7a, 0x0a, -16, 5],
	["*(u32 *)(r10 -4) = r6", 0x63, 0x6a, -4],
	["lock *(u64 *)(r0 +0) += r1", 0xdb, 0x10],
	["r1 = atomic64_fetch_add((u64 *)(r0 +0), r1)", 0xdb, 0x10, 0, 0x01],
	["r1 = atomic_xchg((u32 *)(r0 +0), r1)", 0xc3, 0x10, 0, 0xe1],
	["r0 = atomic64_cmpxchg((u64 *)(r1 +8), r0, r2)", 0xdb, 0x21, 8, 0xf1],
	["r2 = load_acquire((u64 *)(r1 +0))", 0xdb, 0x12, 0, 0x100],
	["store_release((u32 *)(r1 +0), r2)", 0xc3, 0x21, 0, 0x110],
	["r0 = *(u16 *)skb[12]", 0x28, 0x00, 0, 12],
	["r0 = *(u8 *)skb[r7 + 1]", 0x50, 0x70, 0, 1],
	["goto pc-31", 0x05, 0x00, -31],
	["gotol pc+70000", 0x06, 0x00, 0, 70000],
	["may_goto pc+5", 0xe5, 0x00, 5],
	["if r0 == 0x0 goto pc+2", 0x15, 0x00, 2],
	["if w1 != w2 goto pc+1", 0x5e, 0x21, 1],
	["if r8 < r3 goto pc+3", 0xad, 0x38, 3],
	["if r8 s< 0x0 goto pc+25", 0xc5, 0x08, 25],
	["if r1 & 0x8 goto pc+1", 0x45, 0x01, 1, 8],
	["if r1 > 0xffffffff goto pc+1", 0x25, 0x01, 1, -1],
	["call bpf_map_lookup_elem", 0x85, 0x00, 0, 1],
	["call bpf_ktime_get_boot_ns", 0x85, 0x00, 0, 125],
	["call bpf_cgrp_storage_delete", 0x85, 0x00, 0, 211],
	["call helper#5000", 0x85, 0x00, 0, 5000],
	["call pc+2", 0x85, 0x10, 0, 2],
	["call kernel#1234", 0x85, 0x20, 0, 1234],
	["exit", 0x95, 0x00],
	["unknown (opcode 0xff)", 0xff, 0x00],
	["unknown (opcode 0xe2)", 0xe2, 0x00],
];

test.each(rows)("%s", (text, opcode, registers, offset = 0, immediate = 0) => {
	const bytes = encode(opcode, registers, offset, immediate);
	const [i] = decodeInstructions(Uint8Array.from(bytes));
	expect(i && instructionText(i)).toBe(text);
});

test("an instruction of sixteen bytes takes two numbers", () => {
	const bytes = Uint8Array.from([
		...encode(0x18, 0x01, 0, 0x44332211),
		...encode(0x00, 0x00, 0, 0x08776655),
		...encode(0x95, 0x00, 0, 0),
	]);
	const [wide, end] = decodeInstructions(bytes);
	expect(wide && instructionText(wide)).toBe("r1 = 0x877665544332211");
	expect(wide && instructionText(wide, () => "m_x")).toBe("r1 = &m_x");
	expect(end?.index).toBe(2);
});

test("a cut end is no instruction", () => {
	expect(decodeInstructions(Uint8Array.from([0x95, 0, 0]))).toEqual([]);
});
