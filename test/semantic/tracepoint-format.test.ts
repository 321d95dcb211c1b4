// Format files of tracepoints: every kind of field, and the running kernel's own files.
import { expect, test } from "vitest";
import { findTracefs } from "../../runtime/machine/tracefs.ts";
import { tracepointsAt } from "../../runtime/machine/tracepoints.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { readTracepointFormat } from "../../src/types/tracepoint-format.ts";
import { typeName } from "../../src/types/type-name.ts";

function field(
	declaration: string,
	size: number,
	signed = 0,
	category = "sched",
) {
	const line = `\tfield:${declaration};\toffset:8;\tsize:${size};\tsigned:${signed};`;
	return readTracepointFormat(category, "event", line, undefined).members[0];
}

test("integers have the declared type", () => {
	expect(field("unsigned short port", 2)).toEqual({
		name: "port",
		offset: 8,
		type: { kind: "int", size: 2, signed: false },
	});
	expect(field("long prev_state", 8, 1)?.type).toMatchObject({
		size: 8,
		signed: true,
	});
	expect(field("bool on", 1)?.type).toEqual({ kind: "bool" });
});

test("a system call's int counts in its first four bytes", () => {
	expect(field("int dfd", 8, 0, "syscalls")?.type).toEqual({
		kind: "int",
		size: 4,
		signed: true,
	});
});

test("unknown types stand as integers of the given size", () => {
	expect(field("some_t number", 8, 1)?.type).toEqual({
		kind: "int",
		size: 8,
		signed: true,
	});
	expect(field("struct some whole", 24)?.type).toMatchObject({ count: 24 });
});

test("arrays; char arrays are text", () => {
	expect(field("char comm[16]", 16)?.type).toEqual({
		kind: "array",
		count: 16,
		of: { kind: "int", size: 1, signed: true, char: true },
	});
	expect(field("__u8 saddr[4]", 4)?.type).toEqual({
		kind: "array",
		count: 4,
		of: { kind: "int", size: 1, signed: false },
	});
	expect(field("unsigned long args[6]", 48)?.type).toMatchObject({ count: 6 });
	expect(field("u32 table[2][3]", 24)?.type).toMatchObject({
		count: 2,
		of: { count: 3 },
	});
	expect(field("char rwbs[SOME_LENGTH]", 10)?.type).toMatchObject({
		count: 10,
	});
});

test("pointers of system calls lead into user space, all others into the kernel", () => {
	const call = field("const char *const * argv", 8, 0, "syscalls");
	expect(call?.type).toMatchObject({
		kind: "pointer",
		space: "user",
		to: { kind: "pointer", space: "user", to: { char: true } },
	});
	const other = field("const void * skbaddr", 8);
	expect(other?.type).toMatchObject({ space: "kernel", to: { kind: "void" } });
	expect(field("struct some * pointer", 8)?.type.kind).toBe("pointer");
});

test("__data_loc and __rel_loc", () => {
	expect(field("__data_loc char[] filename", 4)).toEqual({
		name: "filename",
		offset: 8,
		dataLoc: "absolute",
		type: {
			kind: "pointer",
			space: "kernel",
			to: { kind: "int", size: 1, signed: true, char: true },
		},
	});
	expect(field("__rel_loc u64[] addrs", 4)).toMatchObject({
		dataLoc: "relative",
		type: { to: { size: 8 } },
	});
	expect(field("__data_loc cpumask_t cpumask", 4)).toMatchObject({
		name: "cpumask",
		dataLoc: "absolute",
	});
});

const path = findTracefs();
const tracepoints = path === undefined ? undefined : tracepointsAt(path);

test.skipIf(!tracepoints)("sched_switch of the running kernel", () => {
	if (!tracepoints) return;
	const body = tracepoints.format("sched", "sched_switch", undefined);
	const shown = body?.members.map((m) => `${m.name}: ${typeName(m.type)}`);
	expect(shown).toEqual(
		expect.arrayContaining([
			"prev_comm: int8[16]",
			"prev_pid: int32",
			"prev_state: int64",
			"next_comm: int8[16]",
		]),
	);
	expect(body?.type.origin).toBe("tracepoint:sched:sched_switch");
	expect(tracepoints.id("sched", "sched_switch")).toBeGreaterThan(0);
});

test.skipIf(!tracepoints)(
	"all tracepoints of the running kernel are read",
	() => {
		if (!tracepoints) return;
		let [events, members] = [0, 0];
		for (const category of tracepoints.categories() ?? []) {
			for (const event of tracepoints.events(category)) {
				const body = tracepoints.format(category, event, undefined);
				for (const { name, type, offset, dataLoc } of body?.members ?? []) {
					const end = offset + (dataLoc ? 4 : sizeOf(type));
					const place = `${category}:${event}:${name}`;
					expect(end, place).toBeLessThanOrEqual(body?.type.size ?? 0);
					expect(offset, place).toBeGreaterThanOrEqual(8);
				}
				events++;
				members += body?.members.length ?? 0;
			}
		}
		// Hardly a tracepoint is without any.
		expect(members).toBeGreaterThan(2 * events);
	},
);

test.skipIf(!tracepoints)("names from a script cannot leave tracefs", () => {
	if (!tracepoints) return;
	expect(tracepoints.events("../..")).toEqual([]);
	expect(tracepoints.format("..", "..", undefined)).toBeUndefined();
	expect(tracepoints.events("no_such_category")).toEqual([]);
});
