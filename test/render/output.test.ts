// Sinks and the writer: records, buffering, and readers that go away.
import { execFileSync, spawnSync } from "node:child_process";
import {
	closeSync,
	constants,
	mkdtempSync,
	openSync,
	readFileSync,
	readSync,
	rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { jsonSink } from "../../runtime/output/json.ts";
import { textSink } from "../../runtime/output/text.ts";
import {
	type BufferMode,
	openUnwaiting,
	openWriter,
	type Writer,
} from "../../runtime/output/writer.ts";

const directory = mkdtempSync(join(tmpdir(), "kask-output-"));
afterAll(() => rmSync(directory, { recursive: true }));

function memory(): Writer & { readonly all: () => string } {
	let text = "";
	return {
		write: (piece) => {
			text += piece;
		},
		flush: () => {},
		finish: () => {},
		choked: false,
		waitedMs: 0,
		all: () => text,
	};
}

/** What a pipe holds now. */
function readAvailable(fd: number): string {
	const room = Buffer.alloc(1 << 20);
	let text = "";
	for (;;) {
		try {
			const count = readSync(fd, room);
			if (count === 0) return text;
			text += room.toString("latin1", 0, count);
		} catch {
			return text;
		}
	}
}

const place = { file: "one.bt", line: 3, column: 7 };

describe("text", () => {
	function sink(quiet = false, warnings = true) {
		const out = memory();
		const errors = memory();
		return { out, errors, sink: textSink({ out, errors, quiet, warnings }) };
	}
	test("data goes to stdout as it is", () => {
		const { out, sink: s } = sink();
		s.text("printf", "a");
		s.text("cat", "b\n");
		s.text("join", "c d");
		s.text("syscall", "e\n");
		s.value(
			() => "(1, 2)",
			() => null,
		);
		expect(out.all()).toBe("ab\nc d\ne\n\n(1, 2)\n");
	});
	test("messages go to stderr with their place", () => {
		const { out, errors, sink: s } = sink();
		s.message("error", "no\n", place);
		s.message("warning", "hm", { ...place, range: "3:7-12" });
		expect(errors.all()).toBe(
			"ERROR: no\n --> one.bt:3:7\none.bt:3:7-12: WARNING: hm\n",
		);
		expect(out.all()).toBe("");
	});
	test("--no-warnings and -q", () => {
		const { errors, sink: s } = sink(true, false);
		s.message("warning", "hm", place);
		s.attachedProbes(1);
		expect(errors.all()).toBe("");
	});
	test("what the run says of itself", () => {
		const { errors, sink: s } = sink();
		s.attachedProbes(1);
		s.attachedProbes(2);
		s.lostEvents(17);
		expect(errors.all()).toBe(
			"Attached 1 probe\nAttached 2 probes\nLost 17 events\n",
		);
	});
});

describe("JSON", () => {
	test("one record per line", () => {
		const out = memory();
		const sink = jsonSink({ out, quiet: false, warnings: true });
		sink.attachedProbes(2);
		sink.text("printf", 'test \r \n \t \\ " bar');
		sink.text("time", "12:00:00\n");
		sink.value(
			() => "",
			() => [1, "x", { members: [["y", 2n]] }],
		);
		sink.message("error", "no", place);
		sink.lostEvents(3);
		sink.endOfEvents();
		expect(out.all().split("\n")).toEqual([
			'{"type": "attached_probes", "count": 2, "data": {"probes": 2}}',
			String.raw`{"type": "printf", "data": "test \r \n \t \\ \" bar"}`,
			String.raw`{"type": "time", "data": "12:00:00\n"}`,
			'{"type": "value", "data": [1,"x",{"y": 2}]}',
			'{"type": "errorf", "msg": "no", "filename": "one.bt", "line": 3, "col": 7}',
			'{"type": "lost_events", "count": 3, "data": {"events": 3}}',
			"",
		]);
	});
});

describe("the writer", () => {
	function toFile(mode: BufferMode) {
		const path = join(directory, mode);
		const fd = openSync(path, "w");
		const fail = () => {
			throw new Error("must not happen");
		};
		const writer = openWriter({ fd, mode, onClosed: fail, onFailed: fail });
		return {
			writer,
			content: () => readFileSync(path, "latin1"),
			close: () => closeSync(fd),
		};
	}
	test("none: at once", () => {
		const { writer, content, close } = toFile("none");
		writer.write("a");
		expect(content()).toBe("a");
		close();
	});
	test("line: whole lines, once per drain", () => {
		const { writer, content, close } = toFile("line");
		writer.write("a\nb");
		expect(content()).toBe("");
		writer.flush();
		expect(content()).toBe("a\n");
		writer.write("\nc");
		writer.finish();
		expect(content()).toBe("a\nb\nc");
		close();
	});
	test("full: when much has gathered, and at the end", () => {
		const { writer, content, close } = toFile("full");
		writer.write("a\n");
		writer.flush();
		expect(content()).toBe("");
		writer.write("b".repeat(70_000));
		expect(content()).toHaveLength(70_002);
		writer.write("c");
		writer.finish();
		expect(content()).toHaveLength(70_003);
		close();
	});
	test("bytes leave as they came", () => {
		const { writer, close } = toFile("full");
		writer.write("\x00\xc3\xa4\xff");
		writer.finish();
		expect(readFileSync(join(directory, "full"))).toEqual(
			Buffer.from([0, 0xc3, 0xa4, 0xff]),
		);
		close();
	});
	test("a full disk is told once, and does not end in an exception", () => {
		const errors: string[] = [];
		const fd = openSync("/dev/full", "w");
		const writer = openWriter({
			fd,
			mode: "none",
			onClosed: () => errors.push("closed"),
			onFailed: (error) => errors.push(error.message.split(":")[0] ?? ""),
		});
		writer.write("a");
		writer.write("b");
		writer.finish();
		closeSync(fd);
		expect(errors).toEqual(["ENOSPC"]);
	});
	test("a reader that takes no more is not waited for, and gets all in the end", () => {
		const path = join(directory, "fifo");
		execFileSync("mkfifo", [path]);
		const { O_RDONLY, O_NONBLOCK } = constants;
		const reader = openSync(path, O_RDONLY | O_NONBLOCK);
		const shared = openSync(path, "w");
		const fd = openUnwaiting(shared);
		const fail = () => {
			throw new Error("must not happen");
		};
		const writer = openWriter({
			fd,
			mode: "line",
			onClosed: fail,
			onFailed: fail,
		});
		let sent = "";
		for (let i = 0; !writer.choked; i++) {
			const line = `line ${i}\n`.padStart(1000);
			sent += line;
			writer.write(line);
		}
		// A pipe holds 64 KiB.
		expect(sent.length).toBeGreaterThan(65_536);
		const before = performance.now();
		sent += "more\n";
		writer.write("more\n");
		writer.flush();
		expect(writer.choked).toBe(true);
		expect(performance.now() - before).toBeLessThan(40);
		expect(writer.waitedMs).toBeGreaterThan(40);
		const taken = () => readAvailable(reader);
		let got = taken();
		for (let turns = 0; writer.choked && turns < 100; turns++) {
			writer.flush();
			got += taken();
		}
		writer.finish();
		got += taken();
		expect(got).toBe(sent);
		for (const each of [reader, shared, fd]) closeSync(each);
	});
	test("a file needs no other way in", () => {
		const fd = openSync(join(directory, "plain"), "w");
		expect(openUnwaiting(fd)).toBe(fd);
		closeSync(fd);
	});
	test("a reader that goes away ends it quietly", () => {
		const runner = join(import.meta.dirname, "../../scripts/run-ts.mjs");
		const program = join(import.meta.dirname, "write-forever.ts");
		const run = spawnSync(
			"sh",
			["-c", '"$0" "$1" "$2" | head -n 2', process.execPath, runner, program],
			{ encoding: "utf8" },
		);
		expect(run.stdout).toBe("line 0\nline 1\n");
		expect(run.stderr).toBe("closed\n");
	});
});
