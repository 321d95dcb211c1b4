// The nearest name: the quick look at letters must never change what comes out.
import { expect, test } from "vitest";
import { editDistance, nearestName } from "../../src/base/suggest.ts";

test.each([
	["vfs_reed", ["vfs_read", "vfs_write"], "vfs_read"],
	["Tcp_sendmgs", ["tcp_sendpage", "tcp_sendmsg"], "tcp_sendmsg"],
	["largür", ["klein", "large"], "large"],
	["x", ["y", "z"], undefined],
	["prinf", ["print", "printf"], "printf"],
	["cuont", ["cuoat", "count"], "count"],
	["zzzzz", ["vfs_read", "zz"], undefined],
])("%s", (name, candidates, nearest) => {
	expect(nearestName(name, candidates)).toBe(nearest);
});

test("is as near as any other candidate", () => {
	const letters = "abc_";
	let seed = 1;
	const random = (below: number) => {
		seed = (seed * 48271) % 2147483647;
		return seed % below;
	};
	const word = () =>
		Array.from({ length: 3 + random(7) }, () => letters[random(4)]).join("");
	for (let round = 0; round < 300; round++) {
		const name = word();
		const candidates = Array.from({ length: 20 }, word);
		const least = Math.min(...candidates.map((c) => editDistance(name, c)));
		const found = nearestName(name, candidates);
		if (least > Math.max(1, Math.floor(name.length / 3)))
			expect(found).toBeUndefined();
		else expect(editDistance(name, found ?? "")).toBe(least);
	}
});
