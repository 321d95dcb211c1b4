// bin/kask: when it sets up, when it goes straight to node, and that words and exit codes pass unharmed.
// A stand-in takes the place of the set-up; the launcher is the real one, in a folder with a space in its name.
import { spawnSync } from "node:child_process";
import {
	chmodSync,
	copyFileSync,
	existsSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";

const ROOT = resolve(import.meta.dirname, "../..");
const ECHO = `
console.log(JSON.stringify({ words: process.argv.slice(2), cwd: process.cwd() }));
process.exitCode = 7;
`;
let top: string;
let root: string;

function write(path: string, text: string, seconds: number): void {
	const full = join(root, path);
	mkdirSync(join(full, ".."), { recursive: true });
	writeFileSync(full, text);
	utimesSync(full, seconds, seconds);
}

beforeEach(() => {
	top = mkdtempSync(join(tmpdir(), "kask-launcher-"));
	root = join(top, "a folder");
	write("package-lock.json", "{}", 1000);
	write("src/base/deep.ts", "", 1000);
	write("dist/kask.js", ECHO, 1000);
	write("dist/.sources", 'sources="src/cli.ts src/base/deep.ts"', 1000);
	const log = `echo once >>"${root}/scripts/log"`;
	const stamp = `command -v node >"${root}/dist/.setup"`;
	write("scripts/setup.sh", `${log}\n${stamp}\n`, 1000);
	mkdirSync(join(root, "bin"));
	copyFileSync(join(ROOT, "bin/kask"), join(root, "bin/kask"));
	chmodSync(join(root, "bin/kask"), 0o755);
});
afterEach(() => rmSync(top, { recursive: true, force: true }));

function run(
	program: string,
	words: string[],
	env: Record<string, string> = {},
) {
	const done = spawnSync(program, words, {
		cwd: top,
		encoding: "utf8",
		env: { PATH: process.env.PATH, ...env },
	});
	return { code: done.status, ...JSON.parse(done.stdout || "{}") };
}

function setups(): number {
	const log = join(root, "scripts/log");
	return existsSync(log)
		? readFileSync(log, "utf8").trim().split("\n").length
		: 0;
}

const kask = (...words: string[]) => run(join(root, "bin/kask"), words);

test("words and the exit code pass unharmed", () => {
	const words = ["-e", 'BEGIN { printf("a b\\n"); }', "", "$1", "*"];
	expect(kask(...words)).toEqual({ code: 7, words, cwd: top });
});

test("sets up the first time only", () => {
	kask();
	expect(setups()).toBe(1);
	kask();
	expect(setups()).toBe(1);
});

test("works through a symbolic link", () => {
	const link = join(top, "kask");
	symlinkSync(join(root, "bin/kask"), link);
	expect(run(link, ["x"])).toMatchObject({ code: 7, words: ["x"] });
});

test("sets up again when the lock file is newer", () => {
	kask();
	utimesSync(join(root, "package-lock.json"), 4e9, 4e9);
	kask();
	expect(setups()).toBe(2);
});

test("sets up again when the node it knew is gone", () => {
	kask();
	const node = join(top, "node");
	symlinkSync(process.execPath, node);
	write("dist/.setup", `${node}\n`, 3000);
	rmSync(node);
	kask();
	expect(setups()).toBe(2);
});

test("a newer source counts in a checkout, and nowhere else", () => {
	kask();
	utimesSync(join(root, "src/base/deep.ts"), 4e9, 4e9);
	kask();
	expect(setups()).toBe(1);
	mkdirSync(join(root, ".git"));
	kask();
	expect(setups()).toBe(2);
});

test("a checkout is set up anew where it is not known what the bundle was made from", () => {
	mkdirSync(join(root, ".git"));
	kask();
	kask();
	expect(setups()).toBe(1);
	rmSync(join(root, "dist/.sources"));
	kask();
	expect(setups()).toBe(2);
});

test("a set-up that fails decides the exit code", () => {
	write("scripts/setup.sh", "exit 69\n", 1000);
	expect(kask()).toEqual({ code: 69 });
});

test("started by npm, it runs where the user stands", () => {
	const elsewhere = join(top, "elsewhere");
	mkdirSync(elsewhere);
	const env = {
		npm_lifecycle_event: "start",
		npm_package_name: "kask",
		INIT_CWD: elsewhere,
	};
	expect(run(join(root, "bin/kask"), ["y"], env)).toEqual({
		code: 7,
		words: ["y"],
		cwd: elsewhere,
	});
});

/** The real loader, with a bundle of these files, each a list of chunks: their names and what they do. */
function writeBundle(
	files: Readonly<Record<string, Readonly<Record<string, string>>>>,
): void {
	const places: Record<string, string> = {};
	for (const [file, chunks] of Object.entries(files)) {
		const members = Object.entries(chunks).map(([name, code]) => {
			if (name !== file) places[name] = file;
			return `"${name}":(function(module,exports,require){${code}})`;
		});
		write(`dist/bundle/${file}`, `({${members.join(",")}})`, 1000);
	}
	const loader = readFileSync(join(ROOT, "scripts/loader.cjs"), "utf8")
		.replace("BUNDLE", "bundle")
		.replace("PLACES", JSON.stringify(places));
	write("dist/kask.js", loader, 1000);
}

test("node does not read extra certificates, what kask starts can", () => {
	const names = ["NODE_EXTRA_CA_CERTS", "KASK_EXTRA_CA_CERTS"];
	const seen = `${JSON.stringify(names)}.map((n) => process.env[n] ?? "")`;
	const told = `console.log(JSON.stringify({ words: ${seen} }))`;
	writeBundle({ "start.js": { "cli.js": told } });
	kask();
	const path = join(top, "none.pem");
	const done = spawnSync(join(root, "bin/kask"), {
		encoding: "utf8",
		env: { PATH: process.env.PATH, NODE_EXTRA_CA_CERTS: path },
	});
	// Node complains about certificates that it does not find.
	expect(done.stderr).toBe("");
	expect(JSON.parse(done.stdout)).toEqual({ words: [path, ""] });
});

test("chunks are found in their files, each is run once, and broken byte code is no matter", () => {
	const chunk = "globalThis.runs = (globalThis.runs ?? 0) + 1;";
	const words = '[require("./b.js").b, require("./alone.js").c, runs]';
	writeBundle({
		"start.js": {
			"cli.js": `require("./a.js"); console.log(JSON.stringify({ words: ${words} }))`,
			"a.js": `${chunk} exports.a = require("./b.js").b + 1;`,
		},
		"compile.js": { "b.js": `${chunk} exports.b = 2;` },
		"alone.js": { "alone.js": `${chunk} exports.c = require("./a.js").a;` },
	});
	write("dist/bundle/compile.js.bytecode", "of another Node", 1000);
	expect(kask()).toMatchObject({ words: [2, 3, 3] });
});

test("the set-up has written down all that the bundle is made from, and made byte code of all that runs a script", () => {
	const dist = join(ROOT, "dist");
	const [, list = ""] =
		/^sources="(.*)"$/m.exec(readFileSync(join(dist, ".sources"), "utf8")) ??
		[];
	const sources = list.split(" ");
	for (const path of ["src/cli.ts", "runtime/bpf/load.ts", "scripts/packs.mjs"])
		expect(sources).toContain(path);
	expect(sources.filter((path) => !existsSync(join(ROOT, path)))).toEqual([]);
	const loader = readFileSync(join(dist, "kask.js"), "utf8");
	const bundle = /bundle-[0-9a-f]+/.exec(loader)?.[0] ?? "";
	// Without root the trial run ends before it runs a script.
	const ran = process.getuid?.() === 0 ? ["execute.js"] : [];
	for (const file of ["start.js", "compile.js", ...ran])
		expect(existsSync(join(dist, bundle, `${file}.bytecode`))).toBe(true);
	// The loader reads Latin-1.
	for (const file of readdirSync(join(dist, bundle)))
		if (file.endsWith(".js"))
			expect(readFileSync(join(dist, bundle, file), "utf8")).not.toMatch(
				/[^\0-\x7f]/,
			);
});
