// Tracepoints as BTF alone tells them, for users who may not read tracefs: `btf_trace_NAME` says that one is there,
// `struct trace_event_raw_CLASS` what its record holds. The categories are not in BTF, nor is the class of an event: it
// is found by its name, and by the arguments that both take.

import { readTypeName } from "./c-type-name.ts";
import { callParameters } from "./call-parameters.ts";
import { typeName } from "./type-name.ts";
import type { FunctionSignature, KernelTypeSource } from "./type-source.ts";
import {
	int8,
	int32,
	int64,
	type Member,
	pointerTo,
	type StructBody,
	uint64,
} from "./types.ts";

const recordPrefix = "trace_event_raw_";
/** What classes add to the name that their events share. */
const classSuffix = /_(template|class|event|events)$/;

/** The class whose record an event has; undefined where none fits. */
export function recordClass(
	event: string,
	types: KernelTypeSource,
): string | undefined {
	if (types.struct("struct", recordPrefix + event)) return event;
	const wanted = parametersOf(types.rawTracepoint(event), 0);
	const fitting = sharedClasses(types)
		.filter((name) => event.startsWith(name.replace(classSuffix, "")))
		.filter((name) => {
			// `__bpf_trace_CLASS(void *, …)` takes what the event's own arguments are.
			const own = parametersOf(types.func(`__bpf_trace_${name}`), 1);
			return own === undefined || wanted === undefined || own === wanted;
		});
	return fitting.sort((a, b) => b.length - a.length)[0];
}

const classesOf = new WeakMap<KernelTypeSource, readonly string[]>();

/** A class that is called like an event is that event's alone. */
function sharedClasses(types: KernelTypeSource): readonly string[] {
	const known = classesOf.get(types);
	if (known) return known;
	const found = [...types.names("struct")]
		.filter((name) => name.startsWith(recordPrefix))
		.map((name) => name.slice(recordPrefix.length))
		.filter((name) => types.rawTracepoint(name) === undefined);
	classesOf.set(types, found);
	return found;
}

function parametersOf(
	signature: FunctionSignature | undefined,
	skipped: number,
): string | undefined {
	return signature?.parameters
		.slice(skipped)
		.map((p) => typeName(p.type))
		.join(", ");
}

/** Members of `args`; undefined where they cannot be told. */
export function btfTracepoint(
	category: string,
	event: string,
	types: KernelTypeSource,
): StructBody | undefined {
	const members =
		category === "syscalls"
			? callMembers(event, types)
			: recordMembers(event, types);
	if (!members) return undefined;
	const name = `_tracepoint_${category}_${event}`.replace(/\W/g, "_");
	const origin = `tracepoint:${category}:${event}`;
	const last = Math.max(...members.map((m) => m.offset));
	// Only what is read counts; the record is as long as its longest member may be.
	const size = last + 64;
	return {
		type: { kind: "struct", name, origin, size },
		members,
	};
}

function recordMembers(
	event: string,
	types: KernelTypeSource,
): Member[] | undefined {
	const name = recordClass(event, types);
	const record =
		name === undefined
			? undefined
			: types.struct("struct", recordPrefix + name);
	return record && types.members(record).flatMap(ownMember);
}

function ownMember(member: Member): Member[] {
	if (member.name === "ent" || member.name === "__data") return [];
	const located = /^__(data|rel)_loc_(\w+)$/.exec(member.name);
	if (!located) return [member];
	const dataLoc = located[1] === "rel" ? "relative" : "absolute";
	const { offset } = member;
	return [{ name: located[2] ?? "", type: pointerTo(int8), offset, dataLoc }];
}

/** The number of the call, then its parameters in eight bytes each; at the end, its result. */
function callMembers(
	event: string,
	types: KernelTypeSource,
): Member[] | undefined {
	const [, when, call = ""] = /^sys_(enter|exit)_(\w+)$/.exec(event) ?? [];
	const number: Member = { name: "__syscall_nr", type: int32, offset: 8 };
	if (when === "exit")
		return [number, { name: "ret", type: int64, offset: 16 }];
	const own = callParameters(call);
	if (own === undefined) return undefined;
	const members = own.map((text, i): Member => {
		const [, type = "", name = ""] = /^(.*[\s*])(\w+)$/.exec(text) ?? [];
		const declared = readTypeName(type, types, "user") ?? uint64;
		return { name, type: declared, offset: 16 + 8 * i };
	});
	return [number, ...members];
}
