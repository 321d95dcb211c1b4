// The compile cache: what comes back, what counts as a change, which folders are trusted.
import {
	chmodSync,
	chownSync,
	lstatSync,
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
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
	type CompileCache,
	entryName,
	openCompileCache,
} from "../../runtime/cache/compile-cache.ts";
import { noteDependency } from "../../runtime/cache/dependencies.ts";
import { type CacheQuestion, cacheKey } from "../../runtime/cache/key.ts";
import { PLAN_VERSION, type Plan } from "../../src/plan.ts";

const uid = process.geteuid?.() ?? 0;
let home: string;
let folder: string;
beforeEach(() => {
	home = mkdtempSync(join(tmpdir(), "kask-cache-"));
	folder = join(home, ".cache", "kask");
});
afterEach(() => rmSync(home, { recursive: true }));

const open = (env: NodeJS.ProcessEnv = { HOME: home }, limit = 1 << 20) =>
	openCompileCache({ env, uid, limit });

function cache(limit?: number): CompileCache {
	const opened = open({ HOME: home }, limit).cache;
	if (!opened) throw new Error("no cache");
	return opened;
}

const plan: Plan = {
	version: PLAN_VERSION,
	programs: [],
	maps: [],
	events: [],
	attach: [],
	settings: {
		license: "GPL",
		printMapsOnExit: true,
		missingProbes: "error",
		strTruncTrailer: "..",
		maxCatBytes: 0,
		ringBytes: 0,
		stackMode: "raw",
		lazySymbolication: true,
		cppDemangle: true,
		showDebugInfo: false,
		logSize: 0,
	},
	needs: ["ring"],
};
const object = Uint8Array.of(127, 69, 76, 70, 0, 255);
const key = "a0".repeat(32);
const entry = { plan, object, dependencies: [] };
/** Room is made at one store in sixteen. */
function keyThatClearsUp(start: string): string {
	for (let i = 0; ; i++)
		if (entryName(start + i).startsWith("0")) return start + i;
}
const file = () => join(folder, entryName(key));

describe("an entry", () => {
	test("comes back as it was stored, to another kask too", () => {
		cache().store(key, entry);
		const found = cache().lookup(key);
		expect(found?.plan).toEqual(plan);
		expect(found && [...found.object]).toEqual([...object]);
	});

	test("is private", () => {
		cache().store(key, entry);
		expect(lstatSync(folder).mode & 0o777).toBe(0o700);
		expect(lstatSync(file()).mode & 0o777).toBe(0o600);
	});

	test("is missed under another key, or another file's name", () => {
		cache().store(key, entry);
		const other = "cd".repeat(32);
		expect(cache().lookup(other)).toBeUndefined();
		writeFileSync(join(folder, entryName(other)), readFileSync(file()));
		expect(cache().lookup(other)).toBeUndefined();
	});

	test("is not used when any byte has changed, or some are missing", () => {
		cache().store(key, entry);
		const whole = readFileSync(file());
		for (let at = 0; at < whole.length; at += 7) {
			const damaged = Buffer.from(whole);
			damaged.writeUInt8(damaged.readUInt8(at) ^ 1, at);
			writeFileSync(file(), damaged);
			expect(cache().lookup(key)).toBeUndefined();
			writeFileSync(file(), whole.subarray(0, at));
			expect(cache().lookup(key)).toBeUndefined();
		}
		writeFileSync(file(), whole);
		expect(cache().lookup(key)).toBeDefined();
	});

	test("is not used when others could have written it", () => {
		cache().store(key, entry);
		chmodSync(file(), 0o620);
		expect(cache().lookup(key)).toBeUndefined();
		rmSync(file());
		cache().store("target", entry);
		symlinkSync(join(folder, entryName("target")), file());
		expect(cache().lookup(key)).toBeUndefined();
	});

	test("of another version of the Plan is not used", () => {
		const version = (PLAN_VERSION + 1) as typeof PLAN_VERSION;
		cache().store(key, { ...entry, plan: { ...plan, version } });
		expect(cache().lookup(key)).toBeUndefined();
	});

	test("is not used when a file it was made from has changed, has gone or has come", () => {
		const header = join(home, "header.h");
		const missing = join(home, "missing.h");
		writeFileSync(header, "#define A 1");
		const note = () => [noteDependency(header), noteDependency(missing)];
		cache().store(key, { ...entry, dependencies: note() });
		expect(cache().lookup(key)).toBeDefined();

		writeFileSync(header, "#define A 2");
		expect(cache().lookup(key)).toBeUndefined();
		cache().store(key, { ...entry, dependencies: note() });
		expect(cache().lookup(key)).toBeDefined();

		writeFileSync(missing, "");
		expect(cache().lookup(key)).toBeUndefined();
		rmSync(missing);
		expect(cache().lookup(key)).toBeDefined();

		rmSync(header);
		expect(cache().lookup(key)).toBeUndefined();
	});

	test("makes room for others when it was not used for long", () => {
		const large = { ...entry, object: new Uint8Array(10_000) };
		const small = cache(25_000);
		small.store("old", large);
		small.store("used", large);
		const days = (n: number) => Date.now() / 1000 - n * 86_400;
		utimesSync(join(folder, entryName("old")), days(2), days(2));
		utimesSync(join(folder, entryName("used")), days(3), days(3));
		expect(small.lookup("used")).toBeDefined();
		small.store("1", large);
		expect(readdirSync(folder).length).toBe(3);
		const last = keyThatClearsUp("new");
		small.store(last, large);
		expect(small.lookup(last)).toBeDefined();
		expect(small.lookup("old")).toBeUndefined();
		expect(readdirSync(folder).length).toBeLessThan(3);
	});

	test("leaves no draft behind", () => {
		const key = keyThatClearsUp("k");
		cache().store(key, entry);
		writeFileSync(join(folder, "x.draft"), "");
		utimesSync(join(folder, "x.draft"), 0, 0);
		cache().store(key, entry);
		expect(readdirSync(folder)).toEqual([entryName(key)]);
	});
});

describe("the folder", () => {
	const why = (opened: ReturnType<typeof open>) =>
		opened.warning && [opened.warning.code, opened.warning.args.why];

	test("is that of XDG_CACHE_HOME when it is absolute", () => {
		const xdg = join(home, "xdg");
		open({ HOME: home, XDG_CACHE_HOME: xdg }).cache?.store(key, entry);
		expect(readdirSync(join(xdg, "kask"))).toEqual([entryName(key)]);
		open({ HOME: home, XDG_CACHE_HOME: "relative" }).cache?.store(key, entry);
		expect(readdirSync(folder)).toEqual([entryName(key)]);
	});

	test("is made private when others may read it", () => {
		mkdirSync(folder, { recursive: true });
		chmodSync(folder, 0o755);
		expect(open().cache).toBeDefined();
		expect(lstatSync(folder).mode & 0o777).toBe(0o700);
	});

	test.each([0o770, 0o707, 0o777])("is refused with mode %o", (mode) => {
		mkdirSync(folder, { recursive: true });
		chmodSync(folder, mode);
		expect(why(open())).toEqual([
			"W0601",
			`${folder} can be written to by other users`,
		]);
		expect(open().cache).toBeUndefined();
	});

	test("is refused when a parent can be written to by others", () => {
		mkdirSync(folder, { recursive: true });
		chmodSync(join(home, ".cache"), 0o777);
		expect(why(open())?.[1]).toBe(
			`${join(home, ".cache")} can be written to by other users`,
		);
	});

	test("is refused, and not made, where a link leads through somebody else's folder", () => {
		const open = join(home, "open");
		mkdirSync(open);
		chmodSync(open, 0o777);
		mkdirSync(join(open, "mine"));
		symlinkSync(join(open, "mine"), join(home, ".cache"));
		expect(
			openCompileCache({ env: { HOME: home }, uid }).cache,
		).toBeUndefined();
		expect(readdirSync(join(open, "mine"))).toEqual([]);
	});

	test("may be reached through a link of one's own", () => {
		mkdirSync(join(home, "elsewhere"));
		symlinkSync("elsewhere", join(home, ".cache"));
		cache().store(key, entry);
		expect(readdirSync(join(home, "elsewhere", "kask"))).toEqual([
			entryName(key),
		]);
	});

	test.runIf(uid === 0)("is refused when it belongs to another user", () => {
		mkdirSync(folder, { recursive: true });
		chownSync(join(home, ".cache"), 12345, 12345);
		expect(why(open())?.[1]).toBe(
			`${join(home, ".cache")} belongs to another user`,
		);
	});

	test("that cannot be made is nothing to complain about", () => {
		const opened = open({ XDG_CACHE_HOME: "/proc/nowhere" });
		expect(opened).toEqual({ cache: undefined, warning: undefined });
	});
});

describe("the key", () => {
	const question: CacheQuestion = {
		script: "begin { exit(); }",
		scriptName: "one.bt",
		parameters: ["1"],
		options: { unsafe: false, includes: ["a.h"] },
		env: { PATH: process.env.PATH },
		folder: "/",
		clang: "clang",
		kask: "0.1.0 5",
	};
	const base = cacheKey(question);

	test("is the same for the same question", () => {
		const options = { includes: ["a.h"], unsafe: false };
		expect(cacheKey({ ...question, options })).toBe(base);
		const env = { ...question.env, TERM: "dumb" };
		expect(cacheKey({ ...question, env })).toBe(base);
	});

	test.each<Partial<CacheQuestion>>([
		{ script: "begin { exit() }" },
		{ scriptName: "two.bt" },
		{ parameters: ["1", ""] },
		{ parameters: [] },
		{ options: { unsafe: true, includes: ["a.h"] } },
		{ options: { unsafe: false, includes: [] } },
		{ env: { PATH: process.env.PATH, BPFTRACE_MAX_STRLEN: "128" } },
		{ env: { PATH: process.env.PATH, KASK_MAX_STRLEN: "128" } },
		{ env: { PATH: "/nowhere" } },
		{ folder: "/tmp" },
		{ clang: "/bin/sh" },
		{ kask: "0.1.0 6" },
	])("changes with %j", (change) => {
		expect(cacheKey({ ...question, ...change })).not.toBe(base);
	});

	test("changes when clang is replaced", () => {
		const clang = join(home, "clang");
		writeFileSync(clang, "1");
		const before = cacheKey({ ...question, clang });
		rmSync(clang);
		writeFileSync(clang, "2");
		expect(cacheKey({ ...question, clang })).not.toBe(before);
	});
});
