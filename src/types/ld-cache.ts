// The cache that ld.so finds libraries with (/etc/ld.so.cache): names and paths of the machine's own 64-bit libraries.

export interface LdCacheEntry {
	/** `libc.so.6` */
	readonly name: string;
	readonly path: string;
}

const magic = "glibc-ld.so.cache1.1";
const headerSize = 48;
const entrySize = 24;
const elfOfLibc6 = 3;
/** The architecture's part of an entry's flags. */
const architectureFlags: Readonly<Record<string, number>> = {
	x64: 0x0300,
	arm64: 0x0a00,
};

/** Entries in the cache's own order, best first; none when the bytes are no such cache. */
export function readLdCache(
	bytes: Buffer,
	architecture: string,
): readonly LdCacheEntry[] {
	// Older systems put another table before this one; offsets count from here.
	const start = bytes.indexOf(magic, 0, "latin1");
	if (start < 0 || bytes.length < start + headerSize) return [];
	const wanted = (architectureFlags[architecture] ?? 0) | elfOfLibc6;
	const count = bytes.readUInt32LE(start + 20);
	const entries: LdCacheEntry[] = [];
	for (let i = 0; i < count; i++) {
		const at = start + headerSize + i * entrySize;
		if (at + entrySize > bytes.length) break;
		if (bytes.readInt32LE(at) !== wanted) continue;
		const name = textFrom(bytes, start + bytes.readUInt32LE(at + 4));
		entries.push({
			name,
			path: textFrom(bytes, start + bytes.readUInt32LE(at + 8)),
		});
	}
	return entries;
}

function textFrom(bytes: Buffer, offset: number): string {
	const end = bytes.indexOf(0, offset);
	return bytes.toString("utf8", offset, end < 0 ? bytes.length : end);
}
