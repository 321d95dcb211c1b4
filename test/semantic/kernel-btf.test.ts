// The running kernel's BTF, on facts that hold for every kernel. Skipped only where the kernel has none.
import { existsSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { openKernelBtf } from "../../runtime/machine/kernel-btf.ts";
import { openBtf } from "../../src/types/btf-data.ts";
import { rawTracepointNames } from "../../src/types/btf-reader.ts";
import { sizeOf } from "../../src/types/layout.ts";
import { typeName } from "../../src/types/type-name.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import type { Member, StructType } from "../../src/types/types.ts";

const present = existsSync("/sys/kernel/btf/vmlinux");

/** A member by name, looked for in anonymous members too. */
function find(
	types: KernelTypeSource,
	type: StructType | undefined,
	name: string,
): Member | undefined {
	for (const member of type ? types.members(type) : []) {
		if (member.name === name) return member;
		const inner = member.type;
		if (member.name !== "") continue;
		if (inner.kind !== "struct" && inner.kind !== "union") continue;
		const found = find(types, inner, name);
		if (found) return { ...found, offset: member.offset + found.offset };
	}
	return undefined;
}

describe.skipIf(!present)("the running kernel's BTF", () => {
	const opened = openKernelBtf({});
	if (!opened.ok) throw new Error(opened.reason);
	const { types } = opened.value;

	test("task_struct", () => {
		const task = types.struct("struct", "task_struct");
		expect(task).toMatchObject({ kind: "struct", origin: "kernel" });
		expect(find(types, task, "pid")?.type).toEqual({
			kind: "int",
			size: 4,
			signed: true,
		});
		expect(find(types, task, "comm")?.type).toMatchObject({
			kind: "array",
			count: 16,
			of: { char: true },
		});
		const parent = find(types, task, "real_parent")?.type;
		expect(parent).toMatchObject({ kind: "pointer", to: task });
	});

	test("every member of task_struct lies inside of it", () => {
		const task = types.struct("struct", "task_struct");
		for (const member of task ? types.members(task) : []) {
			const end = member.bits
				? Math.ceil((member.bits.offset + member.bits.size) / 8)
				: member.offset + sizeOf(member.type);
			expect(end, member.name).toBeLessThanOrEqual(task?.size ?? 0);
		}
	});

	test("sk_buff has bit-fields, and members in anonymous ones", () => {
		const skb = types.struct("struct", "sk_buff");
		expect(find(types, skb, "cloned")?.bits?.size).toBe(1);
		expect(find(types, skb, "len")?.type).toMatchObject({ size: 4 });
	});

	test("enum constants", () => {
		expect(types.constant("PIDTYPE_TGID")?.value).toBe(1n);
		expect(types.constant("TCP_LISTEN")?.value).toBe(10n);
		const pidType = types.enum("pid_type");
		expect(pidType && types.enumerators(pidType)[0]).toEqual({
			name: "PIDTYPE_PID",
			value: 0n,
		});
	});

	test("typedefs", () => {
		expect(types.typedef("u64")).toMatchObject({ size: 8, signed: false });
		expect(types.typedef("pid_t")).toMatchObject({ size: 4, signed: true });
		expect(types.typedef("no_such_t")).toBeUndefined();
	});

	test("a function's signature", () => {
		const signature = types.func("vfs_read");
		expect(signature?.parameters.map((p) => p.name)).toEqual([
			"file",
			"buf",
			"count",
			"pos",
		]);
		expect(signature?.parameters.map((p) => typeName(p.type))[0]).toBe(
			"struct file *",
		);
		expect(signature && typeName(signature.returns)).toBe("int64");
		expect(types.func("vfs_read", "vmlinux")?.parameters).toEqual(
			signature?.parameters,
		);
		expect(types.func("vfs_read", "no_such_module")).toBeUndefined();
	});

	test("a raw tracepoint's parameters, by name, without the leading void *", () => {
		const signature = types.rawTracepoint("sched_switch");
		const names = signature?.parameters.map((p) => p.name);
		expect(names?.slice(0, 3)).toEqual(["preempt", "prev", "next"]);
		expect(types.rawTracepoint("no_such_tracepoint")).toBeUndefined();
		expect([...rawTracepointNames(types)]).toContain("sched_switch");
	});

	test("functions that a trampoline can be built for", () => {
		const names = new Set(types.trampolineNames());
		expect(names.size).toBeGreaterThan(10_000);
		expect(names).toContain("vfs_read");
		// int _printk(const char *, ...)
		expect(types.func("_printk")).toBeDefined();
		expect(names).not.toContain("_printk");
	});

	test("names, ids and variables", () => {
		expect([...types.functionNames()].length).toBeGreaterThan(10_000);
		expect([...types.names("struct")]).toContain("task_struct");
		expect(types.typeId("struct", "task_struct")).toBeGreaterThan(0);
		expect(types.typeId("func", "no_such_function")).toBeUndefined();
		expect(types.variable("runqueues")).toMatchObject({ name: "rq" });
	});
});

test("what is not BTF is refused with a reason", () => {
	expect(openBtf(new Uint8Array(8))).toMatchObject({ ok: false });
	expect(openBtf(new Uint8Array(64))).toMatchObject({ ok: false });
	expect(openKernelBtf({ BPFTRACE_BTF: "/nonexistent" })).toMatchObject({
		ok: false,
		path: "/nonexistent",
	});
});
