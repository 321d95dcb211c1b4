// The kernel's offsets in a compiled object: those that BTF tells, or all of them left to libbpf.
import { join } from "node:path";
import { expect, test } from "vitest";
import { compileC } from "../../runtime/clang.ts";
import { openKernelBtf } from "../../runtime/machine/kernel-btf.ts";
import { relocate } from "../../runtime/relocate/relocate.ts";
import { readElf } from "../../src/types/elf-sections.ts";

const includeDirs = [join(import.meta.dirname, "../../bpf-templates")];
const opened = openKernelBtf();
if (!opened.ok) throw new Error(opened.reason);
const { types } = opened.value;

/** A program that returns one expression of a task's record. */
function compile(struct: string, expression: string): Uint8Array {
	const text = `#include "kask.bpf.h"
${struct}
char LICENSE[] SEC("license") = "GPL";
SEC("raw_tp") int program(void *ctx)
{
	struct task_struct *task = bpf_get_current_task_btf();

	return ${expression};
}
`;
	const result = compileC(text, { includeDirs });
	if (!result.ok) throw new Error(result.errors);
	return result.object;
}

/** Offsets of all loads but those from the stack. */
function loadOffsets(object: Uint8Array): number[] {
	const section = readElf(object)?.sections.find((s) => s.name === "raw_tp");
	if (!section) throw new Error("no program");
	const view = new DataView(object.buffer, object.byteOffset + section.offset);
	const offsets: number[] = [];
	for (let at = 0; at < section.size; at += 8)
		if ((view.getUint8(at) & 7) === 1)
			offsets.push(view.getInt16(at + 2, true));
	return offsets;
}

function offsetOf(name: string, ...path: string[]): number {
	const type = types.struct("struct", name);
	const [first = "", ...rest] = path;
	const member = type && types.members(type).find((m) => m.name === first);
	if (!member) throw new Error(`no ${name}.${first}`);
	const [next] = rest;
	return next === undefined || member.type.kind !== "struct"
		? member.offset
		: member.offset + offsetOf(member.type.name, ...rest);
}

test("members are where the kernel has them", () => {
	const object = compile(
		`struct sched_entity { u64 vruntime; } __kernel_struct;
struct task_struct { int pid; struct sched_entity se; } __kernel_struct;`,
		"task->pid + task->se.vruntime",
	);
	expect(loadOffsets(object)).toEqual([0, 8]);
	const offsets = loadOffsets(relocate(object, types));
	expect(offsets.sort()).toEqual(
		[
			offsetOf("task_struct", "pid"),
			offsetOf("task_struct", "se", "vruntime"),
		].sort(),
	);
});

test("what follows three underscores is no part of a name; elements count", () => {
	const object = compile(
		`struct task_struct;
struct task_struct___own { char comm[16]; } __kernel_struct;`,
		"((struct task_struct___own *)task)->comm[3]",
	);
	const offsets = loadOffsets(relocate(object, types));
	expect(offsets).toEqual([offsetOf("task_struct", "comm") + 3]);
});

test("members of members without a name are found", () => {
	const object = compile(
		`struct task_struct;
struct page___own { u64 private; } __kernel_struct;`,
		"((struct page___own *)task)->private",
	);
	const [offset] = loadOffsets(relocate(object, types));
	expect(offset).toBeGreaterThan(0);
});

test("an object without kernel structs stays as it is", () => {
	const object = compile("struct task_struct { int pid; };", "task->pid");
	expect(relocate(object, types)).toBe(object);
});

test.each([
	["a member that the kernel has not", "int no_such_member;", "no_such_member"],
	["a member of another size", "u64 pid;", "pid"],
	["a struct that the kernel has not", "int pid;", "pid", "no_such_struct"],
	["a bit-field", "unsigned in_execve : 1;", "in_execve"],
])(
	"%s is left to libbpf, with all others",
	(_, member, name, of = "task_struct") => {
		const object = compile(
			`struct task_struct { int tgid; } __kernel_struct;
struct ${of}___other { ${member} } __kernel_struct;`,
			`task->tgid + ((struct ${of}___other *)task)->${name}`,
		);
		expect(relocate(object, types)).toBe(object);
	},
);
