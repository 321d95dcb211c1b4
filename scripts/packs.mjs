// Which chunks of the bundle go into one file: some 35 files of their own, each with its byte code, take 5 ms more.
import { basename } from "node:path";

const START = ["src/cli.ts", "src/commands/run.ts"];
const COMPILE = ["src/commands/compile.ts"];
const EXECUTE = ["src/commands/execute.ts"];

/**
 * Files with their text: each is an object of the chunks' functions by their names. `places`: which chunk is in which.
 * A script that was compiled before needs the files of starting and of running it, and nothing but these.
 */
export function packChunks(chunks, metafile) {
	const [start, compile, execute] = [START, COMPILE, EXECUTE].map((modules) =>
		closureOf(metafile, modules),
	);
	const isIn = {
		"start.js": (name) =>
			start.has(name) || (compile.has(name) && execute.has(name)),
		"compile.js": (name) => compile.has(name),
		"execute.js": (name) => execute.has(name),
	};
	const places = {};
	const files = Object.entries(isIn).map(([file, has]) => {
		const packed = chunks.filter(({ name }) => !places[name] && has(name));
		for (const { name } of packed) places[name] = file;
		return [file, asObject(packed)];
	});
	for (const chunk of chunks)
		if (!places[chunk.name]) files.push([chunk.name, asObject([chunk])]);
	return { files, places };
}

/** The chunks of modules with all that they import; what is imported on need is not among them. */
function closureOf(metafile, modules) {
	const wanted = new Set();
	for (const module of modules) addImports(metafile, module, wanted);
	return wanted;
}

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
