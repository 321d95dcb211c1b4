// Runs a TypeScript program of the tests: node scripts/run-ts.mjs FILE [ARGUMENT...]
// Node 20 can't strip types, so esbuild bundles the program into memory-cheap plain JavaScript first.
import { mkdirSync, rmSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { build } from "esbuild";

const [program, ...rest] = process.argv.slice(2);
if (program === undefined) {
	console.error("usage: node scripts/run-ts.mjs FILE [ARGUMENT...]");
	process.exit(2);
}
const source = resolve(program);
const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, ".cache", "run-ts");
const bundle = join(folder, `${basename(source, ".ts")}.${process.pid}.mjs`);
mkdirSync(folder, { recursive: true });
await build({
	entryPoints: [source],
	bundle: true,
	outfile: bundle,
	platform: "node",
	format: "esm",
	target: "node20",
	packages: "external",
	logLevel: "warning",
	define: { "import.meta.dirname": JSON.stringify(dirname(source)) },
});
process.argv = [process.argv[0], source, ...rest];
try {
	await import(pathToFileURL(bundle).href);
} finally {
	rmSync(bundle, { force: true });
}
