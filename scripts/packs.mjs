// Which chunks of the bundle go into one file: to open and read a file of its own for each takes longer than to run them.
import { basename } from "node:path";

/** Files by the modules whose chunks they hold, with all that those import. What an earlier file holds is in no later one. */
const PACKS = {
	"start.js": ["src/cli.ts", "src/commands/run.ts"],
	"compile.js": ["src/commands/compile.ts"],
};

/** Files with their text: each is an object of the chunks' functions by their names. `places`: which chunk is in which. */
export function packChunks(chunks, metafile) {
	const places = {};
	const files = Object.entries(PACKS).map(([file, modules]) => {
		const wanted = new Set();
		for (const module of modules) addImports(metafile, module, wanted);
		const packed = chunks.filter(
			({ name }) => wanted.has(name) && !places[name],
		);
		for (const { name } of packed) places[name] = file;
		return [file, asObject(packed)];
	});
	for (const chunk of chunks)
		if (!places[chunk.name]) files.push([chunk.name, asObject([chunk])]);
	return { files, places };
}

/** The chunk of a module, and those that it imports, directly or not; what is imported on need is not among them. */
function addImports({ outputs }, module, wanted) {
	const add = (path) => {
		if (wanted.has(basename(path))) return;
		wanted.add(basename(path));
		for (const { path: next, kind } of outputs[path].imports)
			if (kind === "import-statement" && outputs[next]) add(next);
	};
	const found = Object.keys(outputs).find(
		(path) => outputs[path].entryPoint === module,
	);
	if (!found) throw new Error(`the bundle has no chunk of ${module}`);
	add(found);
}

/** In parentheses V8 compiles a function at once, and not only when it is called. */
function asObject(chunks) {
	const members = chunks.map(
		({ name, code }) => `${JSON.stringify(name)}:${code}`,
	);
	return `({${members.join(",\n")}})`;
}
