// The house's own rules, held by machine: who may import whom, and that no pass names a builtin.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize, relative } from "node:path";
import { expect, test } from "vitest";
import { allBuiltins } from "../../src/builtins/index.ts";

const root = join(import.meta.dirname, "../..");

/** Rooms, first match wins, and the rooms each may import besides itself. */
const rooms: readonly {
	readonly name: string;
	readonly path: string;
	readonly may: readonly string[];
}[] = [
	{ name: "grammar", path: "grammar/", may: ["base"] },
	{ name: "base", path: "src/base/", may: [] },
	{ name: "types", path: "src/types/", may: ["base"] },
	{ name: "builtins", path: "src/builtins/", may: ["types", "base"] },
	{
		name: "probes",
		path: "src/probes/",
		may: ["builtins", "plan", "types", "base"],
	},
	{ name: "plan", path: "src/plan.ts", may: ["types", "base"] },
	{
		name: "semantic",
		path: "src/semantic/",
		may: ["plan", "builtins", "probes", "grammar", "types", "base"],
	},
	{
		name: "codegen",
		path: "src/codegen/",
		may: ["semantic", "plan", "builtins", "probes", "grammar", "types", "base"],
	},
	{
		name: "runtime",
		path: "runtime/",
		may: ["plan", "builtins", "probes", "types", "base"],
	},
	{
		name: "explain",
		path: "src/explain/",
		may: [
			"semantic",
			"codegen",
			"runtime",
			"plan",
			"builtins",
			"probes",
			"grammar",
			"types",
			"base",
		],
	},
	{
		name: "commands",
		path: "src/",
		may: [
			"explain",
			"semantic",
			"codegen",
			"runtime",
			"plan",
			"builtins",
			"probes",
			"grammar",
			"types",
			"base",
		],
	},
];

const sources = ["grammar", "src", "runtime"].flatMap((folder) =>
	readdirSync(join(root, folder), { recursive: true, encoding: "utf8" })
		.filter((file) => file.endsWith(".ts"))
		.map((file) => join(folder, file)),
);

function roomOf(path: string): (typeof rooms)[number] {
	const room = rooms.find((r) => path.startsWith(r.path));
	if (!room) throw new Error(`no room for ${path}`);
	return room;
}

function importsOf(file: string): string[] {
	const text = readFileSync(join(root, file), "utf8");
	const found = text.matchAll(
		/(?:^|\n)\s*(?:import|export)[^"';]*?from\s*"(\.[^"]+)"|import\("(\.[^"]+)"\)/g,
	);
	return [...found].map((m) =>
		normalize(join(dirname(file), m[1] ?? m[2] ?? "")),
	);
}

test("dependencies point one way only", () => {
	const wrong: string[] = [];
	for (const file of sources) {
		const room = roomOf(file);
		for (const target of importsOf(file)) {
			const other = roomOf(relative(".", target));
			if (other !== room && !room.may.includes(other.name))
				wrong.push(`${file} imports ${target}`);
		}
	}
	expect(sources.length).toBeGreaterThan(50);
	expect(wrong).toEqual([]);
});

test("one file imports koffi", () => {
	const users = sources.filter((file) =>
		/from "koffi"/.test(readFileSync(join(root, file), "utf8")),
	);
	expect(users).toEqual(["runtime/ffi/koffi.ts"]);
});

test("no pass names a builtin", () => {
	const names = allBuiltins
		.map((b) => b.name)
		.filter((name) => name.length > 3);
	const passes = sources.filter((file) =>
		/^src\/(semantic|codegen)\//.test(file),
	);
	const wrong: string[] = [];
	for (const file of passes) {
		const code = readFileSync(join(root, file), "utf8").replace(
			/\/\/.*|\/\*[\s\S]*?\*\//g,
			"",
		);
		for (const name of names) {
			// A name is named where a callee's, a builtin's or a registry look-up's text is compared with it.
			const named = `(name|text|callee|builtin)\\s*[!=]==\\s*"${name}"|Named\\(\\s*"${name}"`;
			if (new RegExp(named).test(code)) wrong.push(`${file} names ${name}`);
		}
	}
	expect(wrong).toEqual([]);
});

test("files stay under 300 lines", () => {
	const lengths = sources.map((file) => ({
		file,
		lines: readFileSync(join(root, file), "utf8").split("\n").length - 1,
	}));
	expect(lengths.filter((l) => l.lines > 300)).toEqual([]);
});
