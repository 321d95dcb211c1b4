// What a compiled script depends on, as one text.
import { readFileSync, readlinkSync, realpathSync } from "node:fs";
import { release } from "node:os";
import { delimiter, join } from "node:path";
import { type JsonValue, PLAN_VERSION } from "../../src/plan.ts";
import { stampFile } from "./dependencies.ts";

export interface CacheQuestion {
	readonly script: string;
	/** As messages and `#line` give it. */
	readonly scriptName: string;
	/** Positional and named ones, as given. */
	readonly parameters: readonly string[];
	/** Everything of the command line that the compiler looks at. */
	readonly options: JsonValue;
	/** Environment: configuration, and where programs and headers are found. */
	readonly env: NodeJS.ProcessEnv;
	/** Scripts name files relative to it. */
	readonly folder: string;
	/** clang as it is called, a name on the PATH or a path. */
	readonly clang: string;
	/** kask's version and what tells this build from another of that version. */
	readonly kask: string;
}

/** Equal as long as nothing of it has changed. */
export function cacheKey(question: CacheQuestion): string {
	const { env, clang, ...rest } = question;
	const parts = [
		PLAN_VERSION,
		{ ...rest, options: sortFields(rest.options) },
		relevantVariables(env),
		identifyProgram(clang, env),
		identifyKernel(),
	];
	return JSON.stringify(parts);
}

const VARIABLE =
	/^(BPFTRACE_|KASK_|PATH$|LD_LIBRARY_PATH$|CPATH$|C_INCLUDE_PATH$)/;

function relevantVariables(env: NodeJS.ProcessEnv): readonly string[] {
	return Object.keys(env)
		.filter((name) => VARIABLE.test(name))
		.sort()
		.map((name) => `${name}=${env[name]}`);
}

/** A program by its file, without running it. */
function identifyProgram(name: string, env: NodeJS.ProcessEnv): string {
	const folders = (env.PATH ?? "/usr/bin:/bin").split(delimiter);
	const places = name.includes("/")
		? [name]
		: folders.map((f) => join(f, name));
	for (const place of places) {
		const stamp = stampFile(place);
		if (stamp !== undefined) return `${realpathSync(place)} ${stamp}`;
	}
	return "";
}

/**
 * The kernel of this boot: `kaddr()` puts addresses into programs, and they change with every boot. Modules bring
 * functions and types, so which are loaded counts too.
 */
function identifyKernel(): readonly string[] {
	const modules = readText("/proc/modules")
		.split("\n")
		.map((line) => line.split(" ", 1)[0] ?? "");
	const boot = readText("/proc/sys/kernel/random/boot_id");
	return [release(), boot, pidNamespace(), ...modules.sort()];
}

/** Ids of processes are those of the namespace that kask runs in. */
function pidNamespace(): string {
	try {
		return readlinkSync("/proc/self/ns/pid");
	} catch {
		return "";
	}
}

function readText(path: string): string {
	try {
		return readFileSync(path, "utf8");
	} catch {
		return "";
	}
}

/** The order in which fields were set means nothing. */
function sortFields(value: JsonValue): JsonValue {
	if (typeof value !== "object" || value === null) return value;
	if (isList(value)) return value.map(sortFields);
	const sorted = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
	return Object.fromEntries(sorted.map(([k, v]) => [k, sortFields(v)]));
}

function isList(value: JsonValue): value is readonly JsonValue[] {
	return Array.isArray(value);
}
