// Tracepoints of system calls without their records. The kernel makes `sys_enter_openat` and the rest from two raw
// tracepoints, by number; a program on one of those, which looks at the number first, costs less per call, serves all
// calls at once, and is detached at once, where each record kept for it takes 70 ms to give back. What the records hold
// stands in the caller's registers.

import { syscallNumber } from "../builtins/data/syscalls.ts";
import type { SystemCallFacts } from "../builtins/definition.ts";
import type { StructBody } from "../types/types.ts";
import type { Cheaper, FieldsUsed, ProbeEnvironment } from "./definition.ts";

/** Where the kernel's tracepoints have the names of its functions. */
const functionNames: Readonly<Record<string, string>> = {
	newstat: "stat",
	newfstat: "fstat",
	newlstat: "lstat",
	newuname: "uname",
	sendfile64: "sendfile",
	umount: "umount2",
};

const calls = /^sys_(?<when>enter|exit)_(?<call>\w+)$/;

/** A call's own tracepoint; undefined where its record is needed, or this kernel has no other way. */
export function callAlone(
	event: string,
	fields: FieldsUsed,
	environment: ProbeEnvironment,
	record: () => StructBody | undefined,
): Cheaper | undefined {
	const name = calls.exec(event)?.groups;
	const when = name?.when === "exit" ? "exit" : "enter";
	const call = name?.call ?? "";
	const number = syscallNumber(functionNames[call] ?? call);
	if (number === undefined || !canFollow(fields, environment)) return undefined;
	return {
		...onBtf(when),
		shape: shapeOf(fields, record),
		call: { when, number },
	};
}

/** All calls: `raw_syscalls`. Without what stands in registers, no types are needed. */
export function callAny(
	event: string,
	fields: FieldsUsed,
	environment: ProbeEnvironment,
	record: () => StructBody | undefined,
): Cheaper | undefined {
	const when = event === "sys_exit" ? "exit" : "enter";
	const given = when === "exit" ? "ret" : "id";
	const enough =
		fields !== "all" && [...fields].every((field) => field === given);
	if (enough && isX86()) {
		return {
			target: { kind: "raw_tracepoint", name: event },
			programType: "raw_tp",
			section: "raw_tp",
			...givenArgs(given, record),
		};
	}
	if (!canFollow(fields, environment)) return undefined;
	return { ...onBtf(when), shape: shapeOf(fields, record), call: { when } };
}

/** Registers are those of x86-64, where it was tried. */
function isX86(): boolean {
	return process.arch === "x64";
}

function canFollow(fields: FieldsUsed, environment: ProbeEnvironment): boolean {
	return (
		fields !== "all" &&
		isX86() &&
		environment.kernelTypes !== undefined &&
		environment.has("btf_tracepoint")
	);
}

function onBtf(
	when: SystemCallFacts["when"],
): Pick<Cheaper, "target" | "programType" | "section"> {
	return {
		target: { kind: "btf_tracepoint" },
		programType: "tracing",
		section: `tp_btf/sys_${when}`,
	};
}

/** Places with the same fields in use can share a program. */
function shapeOf(
	fields: FieldsUsed,
	record: () => StructBody | undefined,
): string {
	if (fields === "all" || fields.size === 0) return "";
	const members = record()?.members.filter((m) => fields.has(m.name));
	return JSON.stringify(members);
}

/** One word of the raw tracepoint's own arguments: the second. */
function givenArgs(
	given: string,
	record: () => StructBody | undefined,
): Pick<Cheaper, "args" | "shape"> {
	const args = () => {
		const body = record();
		const members = body?.members
			.filter((member) => member.name === given)
			.map((member) => ({ ...member, offset: 8 }));
		const origin = `args:${body?.type.origin}`;
		return body && members && { type: { ...body.type, origin }, members };
	};
	return { args, shape: "" };
}
