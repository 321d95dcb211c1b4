// The cache's check sum: any change of any bit shows.
import { expect, test } from "vitest";
import { digestBytes, digestText } from "../../runtime/cache/digest.ts";

const hex = (bytes: Uint8Array) => Buffer.from(bytes).toString("hex");

test("differs for each bit, each length and each order", () => {
	const seen = new Set<string>();
	const base = new Uint8Array(131).map((_, i) => i * 7);
	seen.add(hex(digestBytes(base)));
	for (let bit = 0; bit < base.length * 8; bit++) {
		const changed = base.slice();
		changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
		seen.add(hex(digestBytes(changed)));
	}
	for (let length = 0; length < base.length; length++)
		seen.add(hex(digestBytes(base.subarray(0, length))));
	seen.add(hex(digestBytes(base.slice().reverse())));
	expect(seen.size).toBe(1 + base.length * 8 + base.length + 1);
});

test("halves of it are as good: no two of 20,000 texts share 64 bits", () => {
	const digests = Array.from({ length: 20_000 }, (_, i) => digestText(`${i}`));
	expect(new Set(digests.map((d) => d.slice(0, 16))).size).toBe(20_000);
	expect(new Set(digests.map((d) => d.slice(16))).size).toBe(20_000);
});
