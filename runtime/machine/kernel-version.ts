// The version of the running kernel, by its name.
import { release } from "node:os";

export interface KernelVersion {
	readonly major: number;
	readonly minor: number;
	/** The whole of it, as `uname -r` prints it. */
	readonly text: string;
}

export function parseKernelVersion(text: string): KernelVersion {
	const [, major = "0", minor = "0"] = /^(\d+)\.(\d+)/.exec(text) ?? [];
	return { major: Number(major), minor: Number(minor), text };
}

export function readKernelVersion(): KernelVersion {
	return parseKernelVersion(release());
}
