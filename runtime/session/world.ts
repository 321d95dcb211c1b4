// What lies outside of a run and is asked while its results are shown: the kernel's maps and symbols, clocks, files.
// A recording keeps the answers, and gives them again where there is neither that kernel nor root.
import type { Host, Symbols } from "../../src/builtins/host.ts";
import { cgroupPath } from "../machine/cgroups.ts";
import { readFile, shell, userName } from "../machine/host-files.ts";
import type { MapAccess } from "../maps/script-maps.ts";
import { openPacketFiles } from "../packets/files.ts";

export interface World
	extends Pick<
		Host,
		"now" | "readFile" | "userName" | "writePacket" | "shell"
	> {
	readonly maps: MapAccess;
	readonly symbols: Symbols;
	/** Nanoseconds since the epoch at which the boot-time clock stood at zero. */
	bootMoment(): bigint;
	/** See `Host.cgroupPath`; as text, not bytes. */
	cgroupPath(id: bigint, filter: string): string;
}

/** This machine, now. */
export function thisWorld(
	parts: Pick<World, "maps" | "symbols" | "bootMoment">,
): World {
	return {
		...parts,
		now: () => BigInt(Date.now()) * 1_000_000n,
		readFile,
		userName,
		cgroupPath,
		shell,
		writePacket: openPacketFiles(),
	};
}
