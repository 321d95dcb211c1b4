// What a process has mapped → areas: which rows of which table are for which addresses.
import { AREA_BYTES } from "../../src/base/unwind-tables.ts";
import {
	type ElfFile,
	segmentFlag,
	segmentType,
} from "../../src/types/elf-sections.ts";
import type { Region } from "../symbols/process-maps.ts";

/** Rows in the kernel that are one file's. */
export interface FileRows {
	/** The number of the map that they are in. */
	readonly table: number;
	readonly first: number;
	readonly count: number;
	/** Address as linked that they count from. */
	readonly base: number;
	readonly segments: readonly Segment[];
}

/** Code in a file. */
export interface Segment {
	/** Bytes from the start of the file. */
	readonly offset: number;
	readonly size: number;
	/** As linked. */
	readonly address: number;
}

export function codeSegments(elf: ElfFile): readonly Segment[] {
	return elf.segments
		.filter(
			({ type, flags }) =>
				type === segmentType.load && flags & segmentFlag.execute,
		)
		.map(({ offset, address, fileSize }) => ({
			offset,
			address,
			size: fileSize,
		}));
}

export interface Area {
	readonly start: number;
	readonly end: number;
	readonly base: number;
	readonly rows: FileRows;
}

/** undefined where the region is no code of the file. */
export function areaOf(region: Region, rows: FileRows): Area | undefined {
	const { start, end, offset } = region;
	// A region begins with the page that its segment begins in.
	const segment = rows.segments.find(
		(s) => s.offset < offset + (end - start) && s.offset + s.size > offset,
	);
	if (segment === undefined) return undefined;
	const linked = offset - segment.offset + segment.address;
	return { start, end, base: start - linked + rows.base, rows };
}

/** As the kernel reads them, with the number of areas before them. */
export function encodeAreas(areas: readonly Area[]): Uint8Array {
	const bytes = new Uint8Array((areas.length + 1) * AREA_BYTES);
	const view = new DataView(bytes.buffer);
	view.setUint32(32, areas.length, true);
	for (const [i, { start, end, base, rows }] of areas.entries()) {
		const at = (i + 1) * AREA_BYTES;
		view.setBigUint64(at, BigInt(start), true);
		view.setBigUint64(at + 8, BigInt(end), true);
		view.setBigUint64(at + 16, BigInt.asUintN(64, BigInt(base)), true);
		view.setUint32(at + 24, rows.table, true);
		view.setUint32(at + 28, rows.first, true);
		view.setUint32(at + 32, rows.count, true);
	}
	return bytes;
}
