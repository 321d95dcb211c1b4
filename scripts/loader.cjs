// Becomes dist/kask.js: loads the bundle's chunks, each with the byte code that V8 made of it when kask was set up, which
// halves the time to the first line. Where another Node runs it, or there is no byte code, V8 compiles as usual.
"use strict";
const { readFileSync, writeFileSync } = require("node:fs");
const { Script } = require("node:vm");

const folder = `${__dirname}/BUNDLE/`;
/** Files of many chunks, by chunk; any other chunk has a file of its own. */
const places = PLACES;
const scripts = new Map();
const chunks = {};
const loaded = new Map();

function loadChunk(name) {
	const known = loaded.get(name);
	if (known) return known.exports;
	if (!chunks[name]) loadFile(places[name] ?? name);
	const module = { exports: {} };
	loaded.set(name, module);
	chunks[name](module, module.exports, requireFor, __filename, __dirname);
	return module.exports;
}

function loadFile(name) {
	const filename = folder + name;
	const cachedData = readByteCode(`${filename}.bytecode`);
	const script = new Script(readFileSync(filename, "latin1"), {
		filename,
		cachedData,
	});
	scripts.set(name, script);
	Object.assign(chunks, script.runInThisContext());
}

function readByteCode(path) {
	try {
		return readFileSync(path);
	} catch {
		return undefined;
	}
}

/** Modules of Node's that take long to load, or are rarely used: on first need. */
const HEAVY = /^node:(?!fs$|path$)/;

function requireFor(name) {
	if (name.startsWith("./")) return loadChunk(name.slice(2));
	if (name.startsWith("@koromix/")) return requireAddon(name);
	// koffi asks it for nothing else, and it brings all that loads ES modules.
	if (name === "node:module") return { createRequire: () => require };
	return HEAVY.test(name) ? lazily(name) : require(name);
}

/** The package looks through node's own file for the C library first; that of most systems is the GNU one. */
function requireAddon(name) {
	const usual = `${__dirname}/../node_modules/${name}/linux_${process.arch}/koffi.node`;
	try {
		return require(usual);
	} catch {
		return require(name);
	}
}

const lazyModules = new Map();

function lazily(name) {
	let stand = lazyModules.get(name);
	if (stand === undefined) {
		stand = new Proxy({}, { get: (_, member) => require(name)[member] });
		lazyModules.set(name, stand);
	}
	return stand;
}

/** For the set-up, which runs kask once: functions that ran by then are what later starts need. */
function saveByteCode() {
	for (const [name, script] of scripts)
		if (script.cachedDataRejected !== false)
			writeFileSync(`${folder}${name}.bytecode`, script.createCachedData());
}

/** bin/kask hides the variable from Node's own start, not from the commands of scripts. */
function giveBackCertificates() {
	const path = process.env.KASK_EXTRA_CA_CERTS;
	if (path === undefined) return;
	process.env.NODE_EXTRA_CA_CERTS = path;
	delete process.env.KASK_EXTRA_CA_CERTS;
}

giveBackCertificates();
if (process.env.KASK_SAVE_BYTE_CODE) process.on("exit", saveByteCode);
loadChunk("cli.js");
