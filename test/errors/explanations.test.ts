// What `kask help CODE` shows: each wrong example is told its code, and no right one is told anything.
import { describe, expect, test } from "vitest";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { explanations } from "../../src/base/explanations/index.ts";
import { messages } from "../../src/base/messages.ts";
import { Source } from "../../src/base/source.ts";
import { checkText } from "../semantic/check-text.ts";
import { headOf } from "../semantic/script-head.ts";

function codesOf(script: string): readonly string[] {
	const diagnostics = new Diagnostics();
	const source = new Source("script.bt", `${script}\n`);
	checkText(source, diagnostics, headOf(script));
	return diagnostics.all.map((d) => d.code);
}

describe("the explanation of", () => {
	for (const [code, { why, wrong, right, seen }] of Object.entries(
		explanations,
	)) {
		test(code, () => {
			expect(why.length).toBeGreaterThan(40);
			expect(wrong === undefined).toBe(right === undefined);
			if (wrong === undefined || right === undefined) return;
			if (seen !== "in the shell") expect(codesOf(right)).toEqual([]);
			if (seen === undefined) expect(codesOf(wrong)).toContain(code);
		});
	}
});

test("every code is explained (src/base/explanations/)", () => {
	const missing = Object.keys(messages).filter(
		(code) => !(code in explanations),
	);
	expect(missing).toEqual([]);
});
