// Capture files as tcpdump and Wireshark read them (pcap): a head, then each packet behind its own.
import { openSync, writeSync } from "node:fs";
import type { World } from "../session/world.ts";

const NANOSECOND_MAGIC = 0xa1b23c4d;
const VERSION = [2, 4] as const;
const LONGEST_PACKET = 262_144;
/** LINKTYPE_RAW: packets begin with their IP head. */
const RAW_IP = 101;
const BILLION = 1_000_000_000n;

/** Files stay open as long as the process lives. */
export function openPacketFiles(): World["writePacket"] {
	/** undefined for one that failed, and was told of. */
	const files = new Map<string, number | undefined>();
	return (path, time, packet) => {
		try {
			if (!files.has(path)) files.set(path, makeFile(path));
			const fd = files.get(path);
			if (fd !== undefined) writeSync(fd, withHead(time, packet));
			return undefined;
		} catch (error) {
			files.set(path, undefined);
			return error instanceof Error ? error.message : String(error);
		}
	};
}

function makeFile(path: string): number {
	const fd = openSync(Buffer.from(path, "latin1"), "w", 0o644);
	const head = Buffer.alloc(24);
	head.writeUInt32LE(NANOSECOND_MAGIC, 0);
	head.writeUInt16LE(VERSION[0], 4);
	head.writeUInt16LE(VERSION[1], 6);
	head.writeUInt32LE(LONGEST_PACKET, 16);
	head.writeUInt32LE(RAW_IP, 20);
	writeSync(fd, head);
	return fd;
}

function withHead(time: bigint, packet: Uint8Array): Uint8Array {
	const bytes = Buffer.alloc(16 + packet.length);
	bytes.writeUInt32LE(Number(time / BILLION), 0);
	bytes.writeUInt32LE(Number(time % BILLION), 4);
	bytes.writeUInt32LE(packet.length, 8);
	bytes.writeUInt32LE(packet.length, 12);
	bytes.set(packet, 16);
	return bytes;
}
