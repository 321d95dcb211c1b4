// What a pattern found and the kernel refuses is left out; anything else that fails stays an error.
import { expect, test } from "vitest";
import { fail } from "../../runtime/result.ts";
import { sortFailures } from "../../src/commands/refused-places.ts";
import type { AttachRequest } from "../../src/plan.ts";

const request = (name: string, wildcard?: string): AttachRequest => ({
	program: 0,
	target: { kind: "kprobe", function: name, offset: 0, ret: false },
	probe: `kprobe:${name}`,
	place: { file: "x", line: 1, column: 1 },
	...(wildcard === undefined ? {} : { wildcard }),
});
const refuse = (of: AttachRequest) => ({
	request: of,
	failure: fail("E0708", { probe: of.probe, why: "no" }).failure,
});
const a = request("vfs_a", "kprobe:vfs_*");
const b = request("vfs_b", "kprobe:vfs_*");
const c = request("vfs_c");

test("some of a pattern are left out", () => {
	const { refused, others } = sortFailures([refuse(a), refuse(c)], {
		attach: [a, b, c],
	});
	expect(refused).toMatchObject([
		{ pattern: "kprobe:vfs_*", names: ["kprobe:vfs_a"] },
	]);
	expect(others.map((o) => o.request)).toEqual([c]);
});

test("a pattern of which nothing is left fails", () => {
	const { refused, others } = sortFailures([refuse(a), refuse(b)], {
		attach: [a, b],
	});
	expect(refused).toEqual([]);
	expect(others).toHaveLength(2);
});

test("what is no refusal fails", () => {
	const full = fail("E0712", { probe: a.probe, limit: 8 }).failure;
	const failures = [{ request: a, failure: full }];
	expect(sortFailures(failures, { attach: [a, b] }).others).toEqual(failures);
});
