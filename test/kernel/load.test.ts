import { fstatSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openObject } from "../../runtime/bpf/load.ts";
import { buildObject } from "./support/build.ts";
import { kernel, load } from "./support/kernel.ts";

describe("loading an object", () => {
	test("gives a file descriptor for each program and map", () => {
		const object = load(buildObject("events"));
		expect([...object.programs.keys()].sort()).toEqual(["begin", "send"]);
		expect([...object.maps.keys()].sort()).toEqual(["cells", "ring", "traced"]);
		for (const fd of [...object.programs.values(), ...object.maps.values()])
			expect(fd).toBeGreaterThan(2);
		object.close();
	});

	test("leaves programs out on demand", () => {
		const object = load(buildObject("events"), {
			programs: new Map([["send", { autoload: false }]]),
		});
		expect([...object.programs.keys()]).toEqual(["begin"]);
		object.close();
	});

	test("closing twice is closing once", () => {
		const object = load(buildObject("events"));
		object.close();
		object.close();
	});
});

describe("a load that fails", () => {
	test("tells the rejected program and hands over the verifier's log", () => {
		const result = openObject(kernel, buildObject("rejected"));
		expect(result.ok).toBe(false);
		if (result.ok) return;
		expect(result.failure).toMatchObject({
			code: "E0704",
			program: "careless",
		});
		expect(result.failure.log).toContain(
			"R0 invalid mem access 'map_value_or_null'",
		);
		expect(result.failure.log).toContain("return *value;");
	});

	test("loads the rest when the rejected program is left out", () => {
		const object = load(buildObject("rejected"), {
			programs: new Map([["careless", { autoload: false }]]),
		});
		expect([...object.programs.keys()]).toEqual(["fine"]);
		object.close();
	});

	test("tells the map that can't be made", () => {
		const maps = new Map([["table", { maxEntries: 0 }]]);
		const result = openObject(kernel, buildObject("rejected"), { maps });
		expect(result).toMatchObject({
			ok: false,
			failure: { code: "E0705", args: { map: "table" } },
		});
	});

	test("says so when the bytes are no object", () => {
		const result = openObject(kernel, new Uint8Array(100));
		expect(result).toMatchObject({ ok: false, failure: { code: "E0706" } });
	});

	test("gives stderr back to the process after catching libbpf's messages", () => {
		const before = fstatSync(2);
		const result = openObject(kernel, new Uint8Array(100));
		expect(result.ok ? "" : result.failure.log).toContain("libbpf: ");
		expect(fstatSync(2).ino).toBe(before.ino);
	});
});
