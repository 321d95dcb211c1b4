// What kernel and user stacks have in common. Each is kept once, in maps by depth, and named by a number.
import { moreStacksOf } from "../base/stack-ids.ts";
import { stackModes } from "../base/stack-modes.ts";
import type { OpaqueType } from "../types/types.ts";
import { checkWord } from "./check-word.ts";
import { highHalf, pidAndTid } from "./current-ids.ts";
import type { CheckCall, EmitCall, Emitter, TypedExpr } from "./definition.ts";

/** Frames, unless a script asks for more or fewer; the kernel allows 1024 at most unless it was told otherwise. */
const USUAL_DEPTH = 127;
const MOST_DEPTH = 1024;
const STORED_STACKS = 16384;
/** Some 12,000 different stacks have so many that meet another one. */
const MORE_STACKS = 4096;
const FRAME_BYTES = 8;
/** `struct unwind` of unwind.bpf.h. */
const UNWIND_BYTES = 32;
/** EEXIST: another stack stands at its place. */
const TAKEN = -17;
/** EFAULT: there is no such stack; a kernel thread has no user stack. */
const NO_STACK = -14;
/** ESRCH: nothing is known of the process that unwinding would need. */
const UNKNOWN_PROCESS = -3;

export const stackSignatures = (name: string): readonly string[] => [
	name,
	`${name}(mode?: word, depth?: literal int)`,
	`${name}(mode: literal string, depth?: literal int)`,
	`${name}(depth: literal int)`,
];

interface StackArguments {
	readonly mode: TypedExpr | undefined;
	readonly depth: TypedExpr | undefined;
}

function argumentsOf(args: readonly TypedExpr[]): StackArguments {
	const mode = args.find((a) => modeOf(a) !== undefined);
	return { mode, depth: args.find((a) => a !== mode) };
}

/** A word, or a text known when compiling: then an option of the script can choose. */
function modeOf(e: TypedExpr | undefined): string | undefined {
	return e?.word ?? (typeof e?.constant === "string" ? e.constant : undefined);
}

export function checkStack(
	call: CheckCall,
	name: "kstack" | "ustack" | "dw_ustack",
): OpaqueType {
	const { mode, depth } = argumentsOf(call.args);
	const word = modeOf(mode);
	checkWord(call, name, mode && { ...mode, word }, stackModes);
	const frames =
		typeof depth?.constant === "bigint" ? Number(depth.constant) : USUAL_DEPTH;
	if (frames < 1 || frames > MOST_DEPTH) {
		const help = "the kernel stores no more frames than that";
		call.report("E0464", {
			name,
			wanted: `a depth from 1 to ${MOST_DEPTH}`,
			help,
		});
	}
	const user = name !== "kstack";
	const params = {
		stack: true,
		user,
		...(name === "dw_ustack" && { unwinds: true }),
		mode: word ?? call.settings.stackMode,
		depth: frames,
		map: `stacks_${frames}`,
	};
	const size = user ? 16 : 8;
	return { kind: "opaque", name, size, align: 8, params };
}

function depthOf(type: EmitCall["type"]): number {
	return type.kind === "opaque" ? Number(type.params.depth) : USUAL_DEPTH;
}

function isUser(type: EmitCall["type"]): boolean {
	return type.kind === "opaque" && type.params.user === true;
}

/** In a raw tracepoint the innermost frames are the BPF program and what called it, `bpf_trace_run1`. */
const OWN_FRAMES = 2;

function isUnwound(type: EmitCall["type"]): boolean {
	return type.kind === "opaque" && type.params.unwinds === true;
}

function flagsOf({ probe }: Emitter, type: EmitCall["type"]): string {
	if (isUser(type)) return "BPF_F_USER_STACK";
	return probe.provider === "rawtracepoint" ? String(OWN_FRAMES) : "0";
}

/** A local that holds the stack's number; negative where it could not be stored, which is counted. */
export function storeStack(emitter: Emitter, type: EmitCall["type"]): string {
	emitter.include("stacks");
	const depth = depthOf(type);
	if (isUnwound(type)) return storeUnwound(emitter, depth);
	const flags = flagsOf(emitter, type);
	// The kernel's map can't be made for more than perf_event_max_stack frames, 127 unless an administrator allows more.
	const first =
		depth > USUAL_DEPTH
			? String(TAKEN)
			: `bpf_get_stackid(${emitter.context}, ${stackMap(emitter, depth)}, ${flags})`;
	const id = emitter.local("s64", first, "stack");
	emitter.block(`if (${id} < 0)`, () => {
		emitter.block(`if (${id} == ${TAKEN})`, () => {
			const frames = emitter.buffer(depth * FRAME_BYTES);
			const map = moreStacks(emitter, depth, MORE_STACKS);
			const args = `${emitter.context}, ${map}, (u64 *)${frames}, ${depth}, ${flags}`;
			emitter.line(`${id} = keep_stack(${args});`);
		});
		emitter.block(`if (${id} < 0 && ${id} != ${NO_STACK})`, () =>
			emitter.countLoss("stack-lost"),
		);
	});
	return id;
}

/** The kernel has no part in it, so that all such stacks lie in the map beside its own. */
function storeUnwound(emitter: Emitter, depth: number): string {
	const frames = `(u64 *)${emitter.buffer(depth * FRAME_BYTES)}`;
	emitter.line(`clear_frames(${frames}, ${depth});`);
	const id = unwind(emitter, frames, depth);
	const map = moreStacks(emitter, depth, STORED_STACKS);
	emitter.block(`if (${id} > 0)`, () =>
		emitter.line(`${id} = keep_frames(${map}, ${frames}, ${depth});`),
	);
	emitter.block(`if (${id} == ${UNKNOWN_PROCESS})`, () =>
		emitter.countLoss("process-unknown"),
	);
	emitter.block(`else if (${id} < 0 && ${id} != ${NO_STACK})`, () =>
		emitter.countLoss("stack-lost"),
	);
	return id;
}

/** Fills `frames`; a local with their number, or why there are none. */
function unwind(emitter: Emitter, frames: string, depth: number): string {
	emitter.include("unwind");
	const state = emitter.buffer(UNWIND_BYTES);
	const process = highHalf(pidAndTid(emitter));
	const call = `unwind_user((struct unwind *)${state}, ${process}, ${frames}, ${depth})`;
	return emitter.local("s64", call, "stack");
}

function stackMap(emitter: Emitter, depth: number): string {
	return emitter.auxiliaryMap({
		symbol: `stacks_${depth}`,
		role: "stacks",
		type: "stack_trace",
		keySize: 4,
		valueSize: depth * FRAME_BYTES,
		maxEntries: STORED_STACKS,
	});
}

/** The map for stacks whose place in the kernel's map is taken, and for those that are not the kernel's. */
function moreStacks(
	emitter: Emitter,
	depth: number,
	maxEntries: number,
): string {
	return emitter.auxiliaryMap({
		symbol: moreStacksOf(`stacks_${depth}`),
		role: "stacks",
		type: "hash",
		keySize: 8,
		valueSize: depth * FRAME_BYTES,
		maxEntries,
	});
}

/** The number of frames of the stack that the event has. */
export function countFrames(emitter: Emitter, stack: TypedExpr): string {
	emitter.include("stacks");
	const depth = depthOf(stack.type);
	const bytes = depth * FRAME_BYTES;
	const frames = emitter.buffer(bytes);
	if (isUnwound(stack.type)) {
		const found = unwind(emitter, `(u64 *)${frames}`, depth);
		return `(${found} < 0 ? 0 : ${found})`;
	}
	const flags = flagsOf(emitter, stack.type);
	const got = emitter.local(
		"s64",
		`bpf_get_stack(${emitter.context}, ${frames}, ${bytes}, ${flags})`,
		"bytes",
	);
	return `(${got} < 0 ? 0 : ${got} >> 3)`;
}
