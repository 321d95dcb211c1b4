// Addresses of processes that really run, and what they are called.
import { execFileSync, spawn } from "node:child_process";
import { copyFileSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { describe, expect, test } from "vitest";
import { holdCommand } from "../../runtime/session/process.ts";
import { makeDemangle } from "../../runtime/symbols/demangle.ts";
import { UserSymbols } from "../../runtime/symbols/user.ts";
import { kernel, must } from "./support/kernel.ts";
import {
	build,
	end,
	folder,
	running,
	type Started,
	start,
} from "./support/symbol-programs.ts";

const names = (options = {}) =>
	new UserSymbols({ demangle: makeDemangle(() => kernel.ffi), ...options });

/** `name+offset`, or undefined. */
function named(symbols: UserSymbols, address: bigint | undefined, pid: number) {
	const found = symbols.lookup(address ?? 0n, pid);
	return found?.name === undefined
		? undefined
		: `${found.name}+${found.offset}`;
}

/** Symbols of the test program: outer, main, pause, a return address into hidden, counter. */
function expectAll(symbols: UserSymbols, { pid, addresses }: Started): void {
	const [outer, main, pause, inHidden, counter] = addresses;
	expect(named(symbols, outer, pid)).toBe("outer+0");
	expect(named(symbols, main, pid)).toBe("main+0");
	expect(named(symbols, (main ?? 0n) + 4n, pid)).toBe("main+4");
	expect(named(symbols, pause, pid)).toBe("pause+0");
	expect(named(symbols, inHidden, pid)).toMatch(/^hidden\+[1-9]\d*$/);
	expect(named(symbols, counter, pid)).toBe("counter+0");
}

describe("user symbols", () => {
	test("of a position-independent program", async () => {
		const path = build("pie", "symbols.c", "-fPIE", "-pie");
		const started = await start(path, [], 2);
		const symbols = names();
		expectAll(symbols, started);
		expect(
			symbols.lookup(started.addresses[0] ?? 0n, started.pid)?.module,
		).toBe(path);
		symbols.close();
	});

	test("of a program at fixed addresses, also when it was never seen running", async () => {
		const path = build("fixed", "symbols.c", "-static");
		const started = await start(path, [], 2);
		expectAll(names(), started);
		await end(started.child);
		const [outer] = started.addresses;
		expect(named(names({ binaries: [path] }), outer, started.pid)).toBe(
			"outer+0",
		);
		expect(named(names(), outer, started.pid)).toBeUndefined();
	});

	test("of a process that has ended since it was prepared, and its file removed", async () => {
		const path = build("gone", "symbols.c");
		const started = await start(path, [], 2);
		const symbols = names();
		symbols.prepare(started.pid);
		await end(started.child);
		rmSync(path);
		expectAll(symbols, started);
	});

	test("of a running process whose file was removed", async () => {
		const path = build("removed", "symbols.c");
		const started = await start(path, [], 2);
		rmSync(path);
		expectAll(names(), started);
	});

	test("of a stripped program come from its debug file", async () => {
		const path = build("stripped", "symbols.c", "-Wl,--build-id=sha1");
		const debug = `${path}.debug`;
		execFileSync("objcopy", ["--only-keep-debug", path, debug]);
		execFileSync("strip", [path]);
		execFileSync("objcopy", [`--add-gnu-debuglink=${debug}`, path]);
		const started = await start(path, [], 2);
		expectAll(names(), started);
		rmSync(debug);
		const [outer] = started.addresses;
		expect(named(names(), outer, started.pid)).toBeUndefined();
	});

	test("of C++ are written as in the source, unless that is not wanted", async () => {
		const path = build("cxx", "symbols.cc");
		const { addresses, pid } = await start(path, [], 1);
		expect(named(names(), addresses[0], pid)).toMatch(
			/^shop::Basket::add\(std::.*string.* const&, int\)\+0$/,
		);
		const plain = names({ demangle: undefined });
		expect(named(plain, addresses[0], pid)).toMatch(
			/^_ZN4shop6Basket3addE.*\+0$/,
		);
	});

	test("of the code that the kernel maps into each process", async () => {
		const started = await start(build("vdso", "symbols.c"), [], 2);
		const maps = readFileSync(`/proc/${started.pid}/maps`, "utf8");
		const base = /^([0-9a-f]+)-.*\[vdso\]$/m.exec(maps)?.[1];
		const symbols = names();
		const found = new Set<string | undefined>();
		for (let offset = 0n; offset < 0x1000n; offset += 16n)
			found.add(
				symbols.lookup(BigInt(`0x${base}`) + offset, started.pid)?.name,
			);
		expect([...found].join(" ")).toMatch(/clock_gettime/);
	});

	test("of just-in-time compiled code come from its perf map, but not from a stranger's", async () => {
		const script = "setInterval(() => {}, 1000); console.log('0x0')";
		const { pid } = await start(
			process.execPath,
			["--interpreted-frames-native-stack", "-e", script],
			1,
		);
		const maps = readFileSync(`/proc/${pid}/maps`, "utf8");
		const anonymous = /^([0-9a-f]+)-[0-9a-f]+ ..x. 0+ 00:00 0 *$/m.exec(maps);
		const address = BigInt(`0x${anonymous?.[1]}`);
		const path = `/tmp/perf-${pid}.map`;
		const line = `${address.toString(16)} 40 LazyCompile:*greet\x1b[31m /app.js:3\n`;
		try {
			writeFileSync(path, line);
			const symbols = names();
			expect(named(symbols, address + 8n, pid)).toBe(
				"LazyCompile:*greet?[31m /app.js:3+8",
			);
			expect(named(symbols, address + 0x40n, pid)).toBeUndefined();
			execFileSync("chown", ["12345", path]);
			expect(named(names(), address + 8n, pid)).toBeUndefined();
		} finally {
			rmSync(path, { force: true });
		}
	});

	test("follow a process through an execve", async () => {
		const path = build("exec", "symbols.c");
		const shell = spawn("sh", ["-c", `read -r go; exec ${path}`], {
			stdio: ["pipe", "pipe", "inherit"],
		});
		running.add(shell);
		const pid = shell.pid ?? 0;
		const symbols = names();
		symbols.prepare(pid);
		shell.stdin.end("go\n");
		const addresses: bigint[] = [];
		for await (const line of createInterface({ input: shell.stdout })) {
			addresses.push(...line.split(" ").map((word) => BigInt(word)));
			if (addresses.length === 5) break;
		}
		// Looked at longer ago than a miss is believed.
		await new Promise((resolve) => setTimeout(resolve, 60));
		expectAll(symbols, { child: shell, pid, addresses });
	});

	test("of a short-lived command, asked for after its end", async () => {
		const out = join(folder, "addresses");
		const path = build("brief", "symbols.c", "-DBRIEF");
		const command = must(holdCommand(`sh -c 'exec ${path} > ${out}'`));
		const symbols = names();
		command.start();
		symbols.prepareStarting(command.pid);
		await new Promise<void>((resolve) => command.onEnd(resolve));
		const words = readFileSync(out, "utf8").trim().split(/\s/);
		const addresses = words.map((word) => BigInt(word));
		const [outer, main] = addresses;
		expect(named(symbols, outer, command.pid)).toBe("outer+0");
		expect(named(symbols, main, command.pid)).toBe("main+0");
	});

	test("change when a program is built anew under its old name", async () => {
		const path = build("anew", "symbols.c");
		const symbols = names();
		const first = await start(path, [], 2);
		expectAll(symbols, first);
		await end(first.child);
		const other = build("other", "symbols.cc");
		rmSync(path);
		copyFileSync(other, path);
		const second = await start(path, [], 1);
		expect(named(symbols, second.addresses[0], second.pid)).toMatch(
			/^shop::Basket::add/,
		);
	});

	test("are not known for what is not mapped", () => {
		const symbols = names();
		expect(symbols.lookup(0n, process.pid)).toBeUndefined();
		expect(symbols.lookup(4096n, process.pid)).toBeUndefined();
		expect(symbols.lookup(2n ** 64n - 1n, process.pid)).toBeUndefined();
		expect(symbols.lookup(4096n, 2 ** 30)).toBeUndefined();
	});
});
