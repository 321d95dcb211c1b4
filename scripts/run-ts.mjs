// Runs a TypeScript program of the tests: node scripts/run-ts.mjs FILE [ARGUMENT...]
// With --out, only bundles it into one JavaScript file: node scripts/run-ts.mjs --out BUNDLE FILE
// Node 20 can't strip types, so esbuild turns the program into plain JavaScript first.
import { mkdirSync, readFileSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Every module goes on finding the files beside it, although all end up in one bundle elsewhere. */
const keepDirnames = {
	name: "keep-dirnames",
	setup({ onLoad }) {
		onLoad({ filter: /\.ts$/ }, ({ path }) => ({
			contents: readFileSync(path, "utf8").replaceAll(
				"import.meta.dirname",
				JSON.stringify(dirname(path)),
			),
			loader: "ts",
		}));
	},
};

async function bundle(source, target) {
	await build({
		entryPoints: [source],
		bundle: true,
		outfile: target,
		platform: "node",
		format: "esm",
		target: "node20",
		packages: "external",
		logLevel: "warning",
		plugins: [keepDirnames],
	});
}

async function run(source, words) {
	const folder = join(root, ".cache", "run-ts");
	const name = basename(source, ".ts");
	const target = join(folder, `${name}.${process.pid}.mjs`);
	mkdirSync(folder, { recursive: true });
	await bundle(source, target);
	process.argv = [process.argv[0], source, ...words];
	// The program may end the process by itself.
	process.on("exit", () => rmSync(target, { force: true }));
	await import(pathToFileURL(target).href);
}

const [first, ...rest] = process.argv.slice(2);
if (first === "--out" && rest.length === 2) {
	await bundle(resolve(rest[1]), resolve(rest[0]));
} else if (first !== undefined && !first.startsWith("-")) {
	await run(resolve(first), rest);
} else {
	console.error("usage: node scripts/run-ts.mjs FILE [ARGUMENT...]");
	console.error("       node scripts/run-ts.mjs --out BUNDLE FILE");
	process.exitCode = 2;
}
