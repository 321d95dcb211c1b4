import { statSync } from "node:fs";
import { afterEach, describe, expect, test } from "vitest";
import { type Attachments, attachAll } from "../../runtime/attach/all.ts";
import { makeAttachContext } from "../../runtime/attach/context.ts";
import type { LoadedObject } from "../../runtime/bpf/load.ts";
import { RingBuffer } from "../../runtime/bpf/ring-buffer.ts";
import type { Watcher } from "../../runtime/ffi/ffi.ts";
import type { MapSpec } from "../../runtime/maps/read.ts";
import { RingPump } from "../../runtime/session/ring-pump.ts";
import { runOnce } from "../../runtime/session/run-once.ts";
import { buildObject } from "./support/build.ts";
import {
	fdOf,
	kernel,
	load,
	must,
	planFor,
	readCell,
	setU32,
} from "./support/kernel.ts";

const RING_BYTES = 65536;
const cellsSpec: MapSpec = {
	symbol: "cells",
	type: "percpu_array",
	keySize: 4,
	valueSize: 8,
	maxEntries: 4,
};
const tracedSpec: MapSpec = {
	symbol: "traced",
	type: "array",
	keySize: 4,
	valueSize: 4,
	maxEntries: 1,
};
const SUBMITTED = 1;
const DROPPED = 2;
const DISCARDED = 3;

const bytes = buildObject("events");
const closers: (() => void)[] = [];
afterEach(() => {
	for (const close of closers.splice(0).reverse()) close();
});

interface Setting {
	readonly object: LoadedObject;
	readonly ring: RingBuffer;
	readonly attached: Attachments;
}

/** The program counts this process' system calls. */
function setUp(): Setting {
	const object = load(bytes);
	const ring = must(
		RingBuffer.open(kernel.libc, fdOf(object.maps, "ring"), RING_BYTES),
	);
	setU32(fdOf(object.maps, "traced"), tracedSpec, 0, process.pid);
	const plan = planFor("send", "raw_tp", [
		{ kind: "raw_tracepoint", name: "sys_enter" },
	]);
	const context = makeAttachContext(kernel, undefined);
	const requests = plan.attach.map((request) => ({ ...request, cookie: 0 }));
	const { attached, failures } = attachAll(context, plan, requests, object);
	expect(failures).toEqual([]);
	closers.push(
		() => object.close(),
		() => ring.close(),
		() => attached.close(),
	);
	return { object, ring, attached };
}

function cell(object: LoadedObject, index: number): number {
	return readCell(fdOf(object.maps, "cells"), cellsSpec, index);
}

/** At least this many system calls of this process. */
function makeSystemCalls(count: number): void {
	for (let i = 0; i < count; i++) statSync("/");
}

function sleep(ms: number): Promise<void> {
	return new Promise((resolve) => setTimeout(resolve, ms));
}

/** Looks at every record, and counts those that are not as they were written. */
class Checker {
	seen = 0;
	broken = 0;
	readonly #last = new Map<number, number>();
	readonly record = (
		view: DataView,
		all: Uint8Array,
		offset: number,
		length: number,
	): void => {
		this.seen++;
		const sequence = Number(view.getBigUint64(offset, true));
		const cpu = view.getUint32(offset + 8, true);
		const filler = sequence & 0xff;
		const inOrder = sequence > (this.#last.get(cpu) ?? 0);
		const whole =
			length === 64 &&
			all[offset + 16] === filler &&
			all[offset + 63] === filler;
		if (!inOrder || !whole || sequence % 4 === 0) this.broken++;
		this.#last.set(cpu, sequence);
	};
}

describe("the ring buffer", () => {
	test("hands over every record once, whole and in order, around the end of the buffer", () => {
		const { object, ring, attached } = setUp();
		const checker = new Checker();
		for (let round = 0; round < 100; round++) {
			makeSystemCalls(100);
			ring.drain(checker.record);
		}
		attached.detach();
		ring.drain(checker.record);
		expect(ring.consumed).toBeGreaterThan(4 * RING_BYTES);
		expect(checker.broken).toBe(0);
		expect(checker.seen).toBe(
			cell(object, SUBMITTED) - cell(object, DISCARDED),
		);
		expect(cell(object, DROPPED)).toBe(0);
		expect(ring.pending).toBe(0);
	});

	test("loses what does not fit, counts it, and goes on after that", () => {
		const { object, ring, attached } = setUp();
		makeSystemCalls(3000);
		const checker = new Checker();
		const first = ring.drain(checker.record);
		makeSystemCalls(10);
		const second = ring.drain(checker.record);
		attached.detach();
		expect(first).toBeGreaterThan(600);
		expect(second).toBeGreaterThan(0);
		expect(checker.broken).toBe(0);
		expect(cell(object, DROPPED)).toBeGreaterThan(1500);
	});

	test("gives room back when a handler throws", () => {
		const { ring, attached } = setUp();
		makeSystemCalls(100);
		attached.detach();
		const pending = ring.pending;
		expect(() =>
			ring.drain(() => {
				throw new Error("handler");
			}),
		).toThrow("handler");
		expect(ring.pending).toBe(pending - 72);
	});

	test("can't be mapped with a wrong size", () => {
		const { object } = setUp();
		const result = RingBuffer.open(
			kernel.libc,
			fdOf(object.maps, "cells"),
			RING_BYTES,
		);
		expect(result).toMatchObject({ ok: false, failure: { code: "E0710" } });
	});
});

describe("the pump", () => {
	test("wakes up for what arrives and rests when nothing does", async () => {
		const { object, ring, attached } = setUp();
		attached.detach();
		ring.drain(() => {});
		let starts = 0;
		const watcher = kernel.ffi.watch(fdOf(object.maps, "ring"));
		const counted: Watcher = {
			...watcher,
			start: (onReadable) => {
				starts++;
				watcher.start(onReadable);
			},
		};
		let drains = 0;
		const pump = new RingPump(ring, counted, () => {}, {
			afterDrain: () => drains++,
		});
		closers.push(() => pump.stop());
		pump.start();
		await sleep(200);
		expect(starts).toBe(1);
		expect(drains).toBe(0);
	});

	test("delivers everything while the event loop stays free", async () => {
		const { object, ring, attached } = setUp();
		const checker = new Checker();
		const pump = new RingPump(
			ring,
			kernel.ffi.watch(fdOf(object.maps, "ring")),
			checker.record,
		);
		closers.push(() => pump.stop());
		pump.start();
		for (let i = 0; i < 50; i++) {
			makeSystemCalls(20);
			await sleep(2);
		}
		attached.detach();
		pump.drainNow();
		pump.stop();
		expect(checker.broken).toBe(0);
		expect(checker.seen).toBe(
			cell(object, SUBMITTED) - cell(object, DISCARDED),
		);
		expect(cell(object, DROPPED)).toBe(0);
	});
});

describe("a program run by hand", () => {
	test("runs once, without being attached", () => {
		const { object, attached } = setUp();
		attached.detach();
		const before = cell(object, SUBMITTED);
		must(runOnce(kernel, fdOf(object.programs, "begin"), "begin"));
		expect(cell(object, SUBMITTED)).toBe(before + 1000);
	});
});
