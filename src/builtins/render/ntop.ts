// inet values: `{ u32 family; u8 address[16]; }`, 20 bytes; IPv4 addresses fill the first four.
import type { OpaqueDefinition } from "../definition.ts";

export const inetSize = 20;
export const AF_INET = 2;
export const AF_INET6 = 10;

export const renderNtop: OpaqueDefinition = {
	text: (bytes) => {
		const family = bytes.getUint32(0, true);
		if (family === AF_INET) return ipv4Text(bytes, 4);
		if (family === AF_INET6) return ipv6Text(bytes, 4);
		return "";
	},
};

function ipv4Text(bytes: DataView, at: number): string {
	return [0, 1, 2, 3].map((i) => bytes.getUint8(at + i)).join(".");
}

/** RFC 5952, and as inet_ntop: the longest run of two or more zero groups is `::`, mapped IPv4 ends in dots. */
function ipv6Text(bytes: DataView, at: number): string {
	const groups = Array.from({ length: 8 }, (_, i) =>
		bytes.getUint16(at + 2 * i),
	);
	const run = longestZeroRun(groups);
	const dotted = ipv4Tail(groups, run);
	const words = groups.map((group) => group.toString(16));
	if (dotted) words.splice(6, 2, ipv4Text(bytes, at + 12));
	if (run.length < 2) return words.join(":");
	const before = words.slice(0, run.start).join(":");
	return `${before}::${words.slice(run.start + run.length).join(":")}`;
}

interface Run {
	readonly start: number;
	readonly length: number;
}

function longestZeroRun(groups: readonly number[]): Run {
	let best: Run = { start: 0, length: 0 };
	for (let start = 0; start < groups.length; start++) {
		let end = start;
		while (groups[end] === 0) end++;
		if (end - start > best.length) best = { start, length: end - start };
		start = Math.max(start, end);
	}
	return best;
}

/** `::ffff:1.2.3.4`, and the deprecated `::1.2.3.4`. */
function ipv4Tail(groups: readonly number[], run: Run): boolean {
	if (run.start !== 0) return false;
	return run.length === 6 || (run.length === 5 && groups[5] === 0xffff);
}
