// Packs the guest's first file system: a static busybox, the modules, and init.sh as its first process.
// The archive format is cpio's "newc", which is plain enough to write here without a tool.
import { readFileSync } from "node:fs";
import type { KernelModule } from "./kernel-modules.ts";

interface Entry {
	readonly path: string;
	readonly mode: number;
	readonly data: Buffer;
}

const FOLDER = 0o040755;
const PROGRAM = 0o100755;
const SYMLINK = 0o120777;
const NOTHING = Buffer.alloc(0);

function padToFour(length: number): Buffer {
	return Buffer.alloc((4 - (length % 4)) % 4);
}

function packEntry(entry: Entry, inode: number): Buffer {
	const name = Buffer.from(`${entry.path}\0`);
	// Inode, mode, uid, gid, links, mtime, size, four device numbers, name size, check sum.
	const fields = [inode, entry.mode, 0, 0, 1, 0, entry.data.length];
	fields.push(0, 0, 0, 0, name.length, 0);
	const hex = fields.map((field) => field.toString(16).padStart(8, "0"));
	const head = Buffer.concat([Buffer.from(`070701${hex.join("")}`), name]);
	return Buffer.concat([
		head,
		padToFour(head.length),
		entry.data,
		padToFour(entry.data.length),
	]);
}

/** The archive, uncompressed: packing takes longer than the guest takes to copy it. */
export function packInitramfs(
	busybox: string,
	init: string,
	modules: readonly KernelModule[],
): Buffer {
	const folders = ["bin", "dev", "proc", "sys", "host", "root", "modules"];
	const order = modules.map((module) => `/modules/${module.name}.ko\n`);
	const entries: Entry[] = [
		...folders.map((path) => ({ path, mode: FOLDER, data: NOTHING })),
		{ path: "bin/busybox", mode: PROGRAM, data: readFileSync(busybox) },
		{ path: "bin/sh", mode: SYMLINK, data: Buffer.from("busybox") },
		{ path: "init", mode: PROGRAM, data: readFileSync(init) },
		{ path: "modules/order", mode: PROGRAM, data: Buffer.from(order.join("")) },
		...modules.map((module) => ({
			path: `modules/${module.name}.ko`,
			mode: PROGRAM,
			data: module.bytes,
		})),
		{ path: "TRAILER!!!", mode: 0, data: NOTHING },
	];
	return Buffer.concat(
		entries.map((entry, index) => packEntry(entry, index + 1)),
	);
}
