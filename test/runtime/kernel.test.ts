// What is said where one of the two libraries is missing.
import { expect, test } from "vitest";
import type { Ffi } from "../../runtime/ffi/ffi.ts";
import { openKernel } from "../../runtime/ffi/kernel.ts";
import { koffiFfi } from "../../runtime/ffi/koffi.ts";

test("a machine without libbpf", () => {
	const ffi: Ffi = {
		...koffiFfi,
		load: (names, table) =>
			names.some((name) => name.startsWith("libbpf"))
				? undefined
				: koffiFfi.load(names, table),
	};
	expect(openKernel(ffi)).toMatchObject({
		ok: false,
		failure: { code: "E0701", args: { library: "libbpf.so.1" } },
	});
});
