// Bundles src/cli.ts and all it uses into dist/kask.js: one file loads several times faster than many.
import { renameSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const target = join(root, "dist", "kask.js");
// A kask that starts during the build must find the old bundle or the new one, never half of one.
const draft = join(root, "dist", `.kask.${process.pid}.js`);

try {
	await build({
		entryPoints: [join(root, "src", "cli.ts")],
		outfile: draft,
		bundle: true,
		platform: "node",
		format: "esm",
		target: "node20",
		// koffi loads a native addon that lies beside it in node_modules.
		external: ["koffi"],
		// commander is CommonJS and asks for Node's own modules by require().
		banner: {
			js: 'import { createRequire as kaskCreateRequire } from "node:module";\nconst require = kaskCreateRequire(import.meta.url);',
		},
		sourcemap: "external",
		legalComments: "inline",
		logLevel: "warning",
	});
} catch {
	process.exit(1);
}
renameSync(`${draft}.map`, `${target}.map`);
renameSync(draft, target);
