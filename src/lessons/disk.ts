// Where direct I/O can be traced: not every folder's file system is on a block device.
import { accessSync, constants, readFileSync } from "node:fs";

/** Folders looked at for a file system on a block device, the likeliest one first. */
const candidates = ["/mnt/disk", "/var/tmp", "/tmp", "/"];

/** A writable folder whose file system is on a block device. */
export function findDisk(): string | undefined {
	const mounts = readFileSync("/proc/self/mounts", "utf8").split("\n");
	const sources = new Map(
		mounts.map((line) => {
			const [source = "", target = ""] = line.split(" ");
			return [target, source];
		}),
	);
	return candidates.find((folder) => {
		const mounted = sources.get(folder) ?? sources.get("/") ?? "";
		return mounted.startsWith("/dev/") && isWritable(folder);
	});
}

function isWritable(folder: string): boolean {
	try {
		accessSync(folder, constants.W_OK);
		return true;
	} catch {
		return false;
	}
}
