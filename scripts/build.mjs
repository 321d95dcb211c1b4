// Bundles src/cli.ts and all it uses into dist/: few files load several times faster than many. What every script needs is
// one file, what the compiler and what a run needs two others; the rest stands apart.
import { createHash } from "node:crypto";
import {
	mkdirSync,
	readdirSync,
	readFileSync,
	renameSync,
	rmSync,
	statSync,
	writeFileSync,
} from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build, transform } from "esbuild";
import { makeByteCode } from "./byte-code.mjs";
import { packChunks } from "./packs.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const dist = join(root, "dist");

/** ES modules, since esbuild splits nothing else. */
async function bundle() {
	return build({
		entryPoints: [join(root, "src", "cli.ts")],
		absWorkingDir: root,
		outdir: dist,
		metafile: true,
		bundle: true,
		splitting: true,
		write: false,
		platform: "node",
		format: "esm",
		target: "node20",
		define: {
			"import.meta.filename": "__filename",
			"import.meta.dirname": "__dirname",
		},
		// Its ES module looks for its own place; the native addon stays in node_modules.
		alias: { koffi: join(root, "node_modules/koffi/index.cjs") },
		external: ["@koromix/*"],
		minifyWhitespace: true,
		minifySyntax: true,
		// In file names the content's hash: they change with it alone.
		chunkNames: "[name]-[hash]",
		legalComments: "inline",
		logLevel: "warning",
	});
}

/** What the loader calls. The names are those of its call. */
async function asFunction({ text }) {
	const { code } = await transform(text, {
		format: "cjs",
		platform: "node",
		target: "node20",
		supported: { "dynamic-import": false },
		minifyWhitespace: true,
		charset: "ascii",
	});
	return `(function(module,exports,require,__filename,__dirname){${code}\n})`;
}

/** The loader reads Latin-1, which is quicker. esbuild writes strings in ASCII, regular expressions as they stand. */
function demandAscii(name, code) {
	const found = /.{0,60}[^\0-\x7f].{0,20}/.exec(code);
	if (found) throw new Error(`${name} is not ASCII (write \\u…): ${found[0]}`);
}

/** Starts that began before still need the bundle of their time for a while. */
const KEEP_MS = 3_600_000;

function removeOld(current) {
	for (const name of readdirSync(dist)) {
		const path = join(dist, name);
		const isOld = Date.now() - statSync(path).mtimeMs > KEEP_MS;
		if (name.startsWith("bundle-") && name !== current && isOld)
			rmSync(path, { recursive: true, force: true });
	}
}

/** For bin/kask, which looks whether any is newer than the bundle. A new file counts once another one imports it. */
function writeSources({ inputs }) {
	const bundled = Object.keys(inputs).filter(
		(path) => !path.startsWith("node_modules/"),
	);
	const others = ["scripts", "bpf-templates"].flatMap((folder) =>
		readdirSync(join(root, folder))
			.filter((name) => /\.(mjs|cjs|h)$/.test(name))
			.map((name) => `${folder}/${name}`),
	);
	const draft = join(dist, `.sources.${process.pid}`);
	writeFileSync(draft, `sources="${[...bundled, ...others].join(" ")}"\n`);
	renameSync(draft, join(dist, ".sources"));
}

async function main() {
	const { outputFiles, metafile } = await bundle();
	const chunks = await Promise.all(
		outputFiles.map(async (file) => ({
			name: basename(file.path),
			code: await asFunction(file),
		})),
	);
	const { files, places } = packChunks(chunks, metafile);
	const hash = createHash("sha256");
	for (const [, code] of files) hash.update(code);
	// Byte code that is there already is kept, unless it came about in another way.
	hash.update(readFileSync(join(root, "scripts", "byte-code.mjs")));
	const folder = `bundle-${hash.digest("hex").slice(0, 16)}`;
	mkdirSync(join(dist, folder), { recursive: true });
	for (const [name, code] of files) {
		demandAscii(name, code);
		writeFileSync(join(dist, folder, name), code);
	}
	// The package is of ES modules; the loader, which has to be quick, is not.
	writeFileSync(join(dist, "package.json"), '{ "type": "commonjs" }\n');
	const loader = readFileSync(join(root, "scripts", "loader.cjs"), "utf8");
	// A kask that starts meanwhile must find the old loader or the new one, never half of one.
	const draft = join(dist, `.kask.${process.pid}.js`);
	writeFileSync(
		draft,
		loader.replace("BUNDLE", folder).replace("PLACES", JSON.stringify(places)),
	);
	makeByteCode(draft);
	renameSync(draft, join(dist, "kask.js"));
	writeSources(metafile);
	removeOld(folder);
}

await main().catch((error) => {
	console.error(error.message);
	process.exit(1);
});
