// Has the kernel's verifier check the programs of an object, and keeps what it says. Nothing stays loaded.
import { readFileSync } from "node:fs";
import {
	type LoadOptions,
	type LoggedLoad,
	logLevel,
	openObject,
	openWithLogs,
} from "../bpf/load.ts";
import { readProgramSizes } from "../bpf/program.ts";
import { readVerifierLog, type VerifierVerdict } from "../bpf/verifier-log.ts";
import type { Kernel } from "../ffi/kernel.ts";
import { readKernelVersion } from "../machine/kernel-version.ts";
import { Errno, type Failure } from "../result.ts";
import { type MachineCode, readMachineCode } from "./machine-code.ts";
import type { MapName } from "./state-words.ts";
import { readVerifierStates, type VerifierStates } from "./verifier-states.ts";

export interface VerifiedProgram extends VerifierStates {
	readonly loadedInstructions: number | undefined;
	readonly machineCodeBytes: number | undefined;
	/** Where it was asked for, and may be seen. */
	readonly machineCode: MachineCode | undefined;
}

export interface Verification {
	/** By the program's name in the object. */
	readonly programs: ReadonlyMap<string, VerifiedProgram>;
	/** Memory of the maps in bytes, by name; of those whose kernel tells it. */
	readonly maps: ReadonlyMap<string, number>;
	/** Set where the log of every step was too long for its room of so many bytes. */
	readonly tooLong: number | undefined;
	/** Set where the object was refused. */
	readonly refusal: Refusal | undefined;
}

export interface Refusal {
	readonly failure: Failure;
	/** Where it was the verifier who refused. */
	readonly verdict: VerifierVerdict | undefined;
}

/** All logs together; each program has its share. */
const MOST_LOG_BYTES = 1 << 26;
const LARGEST_LOG = 1 << 24;

export interface VerifyRequest {
	readonly kernel: Kernel;
	/** ELF bytes. */
	readonly object: Uint8Array;
	readonly programCount: number;
	readonly options: LoadOptions;
	readonly mapName: MapName;
	/** The machine code too. */
	readonly jit: boolean;
}

export function verifyObject(request: VerifyRequest): Verification {
	const { kernel, object, programCount, options, mapName, jit } = request;
	const bytes = Math.min(
		LARGEST_LOG,
		Math.floor(MOST_LOG_BYTES / programCount),
	);
	const attempt = (level: number): LoggedLoad =>
		openWithLogs(kernel, object, options, { bytes, level });
	const whole = attempt(logLevel.everyState | logLevel.totals);
	const tooLong = whole.errno === Errno.ENOSPC;
	const load = tooLong ? attempt(logLevel.totals) : whole;
	const loaded = load.object.ok ? load.object.value : undefined;
	const programs = new Map<string, VerifiedProgram>();
	for (const [name, log] of load.logs) {
		const fd = loaded?.programs.get(name);
		const sizes =
			fd === undefined ? undefined : readProgramSizes(kernel.libc, fd);
		programs.set(name, {
			...readVerifierStates(log, mapName),
			loadedInstructions: sizes?.instructions || undefined,
			machineCodeBytes: sizes?.machineCode || undefined,
			machineCode:
				jit && fd !== undefined ? readMachineCode(kernel.libc, fd) : undefined,
		});
	}
	const maps = readMapMemory(loaded?.maps ?? new Map());
	loaded?.close();
	return {
		programs,
		maps,
		tooLong: tooLong ? bytes : undefined,
		refusal: load.object.ok ? undefined : refusalOf(request),
	};
}

/** A usual load tells its reason best: its log holds the last steps alone. */
function refusalOf({
	kernel,
	object,
	options,
}: VerifyRequest): Refusal | undefined {
	const again = openObject(kernel, object, options);
	if (again.ok) {
		again.value.close();
		return undefined;
	}
	const { failure } = again;
	const { code, log } = failure;
	const verdict =
		code === "E0704" && log !== undefined ? readVerifierLog(log) : undefined;
	return { failure, verdict };
}

/** Kernels since 6.4 tell what a map takes; those before told an estimate that leaves out most of it. */
function readMapMemory(maps: ReadonlyMap<string, number>): Map<string, number> {
	const found = new Map<string, number>();
	const { major, minor } = readKernelVersion();
	if (major < 6 || (major === 6 && minor < 4)) return found;
	for (const [name, fd] of maps) {
		const text = readFileSync(`/proc/self/fdinfo/${fd}`, "utf8");
		const bytes = Number(/^memlock:\s*(\d+)/m.exec(text)?.[1] ?? 0);
		if (bytes > 0) found.set(name, bytes);
	}
	return found;
}
