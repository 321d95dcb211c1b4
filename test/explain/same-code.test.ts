// The C is compiled once more without its #line directives, to learn which line of C each instruction comes from: that
// must be the very code that is loaded.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compileC } from "../../runtime/clang.ts";
import { readImage } from "../../runtime/explain/program-image.ts";
import { readC } from "../../src/explain/c-text.ts";
import type { Plan } from "../../src/plan.ts";

const folder = join(import.meta.dirname, "../golden/scripts");
const includeDirs = [join(import.meta.dirname, "../../bpf-templates")];
const names = readdirSync(folder).filter((name) => name.endsWith(".c"));

function instructionsOf(c: string, symbol: string): readonly string[] {
	const compiled = compileC(c, { includeDirs });
	const image = compiled.ok ? readImage(compiled.object) : undefined;
	return image?.program(symbol).map((i) => `${i.index}: ${i.text}`) ?? [];
}

describe("without #line directives the code is the same", () => {
	it.each(names)("%s", (name) => {
		const path = join(folder, name);
		const c = readFileSync(path, "utf8");
		const text = readFileSync(path.replace(/c$/, "plan.json"), "utf8");
		const { programs }: Plan = JSON.parse(text);
		for (const { symbol } of programs) {
			const marked = instructionsOf(c, symbol);
			expect(marked.length).toBeGreaterThan(0);
			expect(instructionsOf(readC(c, name).plain, symbol)).toEqual(marked);
		}
	});
});
