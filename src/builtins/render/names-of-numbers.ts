// Numbers that are printed by name: errno values, signals, system calls, users, cgroups. All are kept as 64-bit
// integers and looked up when printed.

import { errorTexts } from "../data/errors.ts";
import { signalTexts } from "../data/signals.ts";
import { syscallName } from "../data/syscalls.ts";
import type { OpaqueDefinition } from "../definition.ts";

/** Errors may be given as the kernel returns them: negative. */
export const renderStrerror: OpaqueDefinition = {
	text: (bytes) =>
		errorTexts[Math.abs(bytes.getInt32(0, true))] || "Unknown error",
};

const firstRealTimeSignal = 34;
const lastSignal = 64;

export const renderSignalName: OpaqueDefinition = {
	text: (bytes) => {
		const signal = bytes.getInt32(0, true);
		if (signal < 0 || signal > lastSignal) return "N/A";
		if (signal >= firstRealTimeSignal)
			return `Real-time signal ${signal - firstRealTimeSignal}`;
		return signalTexts[signal] ?? `Unknown signal ${signal}`;
	},
};

export const renderSyscallName: OpaqueDefinition = {
	text: (bytes) => syscallName(bytes.getInt32(0, true)) ?? "Unknown syscall",
};

export const renderUsername: OpaqueDefinition = {
	text: (bytes, _params, host) => host.userName(bytes.getUint32(0, true)),
};

export const renderCgroupPath: OpaqueDefinition = {
	text: (bytes, params, host) =>
		host.cgroupPath(bytes.getBigUint64(0, true), String(params.filter ?? "")),
};
