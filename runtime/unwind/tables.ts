// The tables of processes: those of the files that they have mapped, each read once, and which lies where.
import { closeSync } from "node:fs";
import {
	AREA_BYTES,
	mostUnwindTables,
	ROW_BYTES,
	RULE_BYTES,
	unwindMaps,
} from "../../src/base/unwind-tables.ts";
import { type ElfFile, readElfAt } from "../../src/types/elf-sections.ts";
import { reader } from "../machine/elf.ts";
import { describeErrno, fail, type Result, succeed } from "../result.ts";
import {
	type ProcessMaps,
	type Region,
	readProcessMaps,
} from "../symbols/process-maps.ts";
import { openRegionFile, readVdso } from "../symbols/region-file.ts";
import {
	type Area,
	areaOf,
	codeSegments,
	encodeAreas,
	type FileRows,
} from "./areas.ts";
import type { KernelMaps } from "./kernel-maps.ts";
import { RuleBook } from "./rules.ts";
import { readUnwindTable, type UnwindTable } from "./table.ts";

/** More areas are not looked through in the kernel. */
const mostAreas = 8000;

interface NewRows {
	readonly file: string;
	readonly table: UnwindTable;
	readonly first: number;
	readonly segments: FileRows["segments"];
}

export class UnwindTables {
	readonly #maps: KernelMaps;
	readonly #book = new RuleBook();
	/** By file; undefined for one without a table. */
	readonly #files = new Map<string, FileRows | undefined>();
	/** What code had been mapped at the last look, by process. */
	readonly #seen = new Map<number, string>();
	#tables = 0;

	constructor(maps: KernelMaps) {
		this.#maps = maps;
	}

	/** Whether the process was there at the last look. */
	has(pid: number): boolean {
		return this.#seen.has(pid);
	}

	/** Looks at what a process has mapped, and tells the kernel where that has changed. */
	update(pid: number): Result<undefined> {
		const maps = readProcessMaps(pid);
		if (maps === undefined) {
			if (this.#seen.delete(pid)) this.#maps.remove("processes", pid);
			return succeed(undefined);
		}
		const code = codeIn(maps);
		if (code === this.#seen.get(pid)) return succeed(undefined);
		this.#seen.set(pid, code);
		const status = this.#addFiles(pid, maps) || this.#putAreas(pid, maps);
		if (status === 0) return succeed(undefined);
		const why = describeErrno(-status);
		return fail("E0705", { map: unwindMaps.tables, why });
	}

	/** Rows of all files that are new go into one map: each map that is put into another costs a wait of the kernel's. */
	#addFiles(pid: number, maps: ProcessMaps): number {
		const added: NewRows[] = [];
		let count = 0;
		for (const region of maps.regions) {
			const file = nameOf(region);
			if (!region.executable || file === undefined || this.#files.has(file))
				continue;
			this.#files.set(file, undefined);
			const read = withRegion(pid, region, (elf) => ({
				table: readUnwindTable(elf, this.#book),
				segments: codeSegments(elf),
			}));
			if (!read?.table) continue;
			const { table, segments } = read;
			added.push({ file, table, segments, first: count });
			count += table.starts.length;
		}
		if (count === 0 || this.#tables >= mostUnwindTables) return 0;
		return this.#putRows(added, count);
	}

	#putRows(added: readonly NewRows[], count: number): number {
		const words = new Uint32Array(count * 2);
		for (const { table, first } of added) fillRows(words, first, table);
		const rules = this.#book.takeNew();
		const number = this.#tables++;
		const bytes = new Uint8Array(words.buffer, 0, count * ROW_BYTES);
		const status =
			this.#maps.write("rules", rules.bytes, rules.first * RULE_BYTES) ||
			this.#maps.putArray("tables", number, bytes);
		if (status < 0) return status;
		for (const { file, table, first, segments } of added) {
			const { base, starts } = table;
			const rows = { table: number, first, count: starts.length };
			this.#files.set(file, { ...rows, base, segments });
		}
		return 0;
	}

	#putAreas(pid: number, { regions }: ProcessMaps): number {
		const areas = regions
			.map((region) => this.#areaOf(region))
			.filter((area) => area !== undefined)
			.slice(0, mostAreas);
		const bytes = encodeAreas(areas);
		return this.#maps.putArray("processes", pid, bytes, AREA_BYTES);
	}

	#areaOf(region: Region): Area | undefined {
		const rows = region.executable && this.#files.get(nameOf(region) ?? "");
		return rows ? areaOf(region, rows) : undefined;
	}
}

/** Equal where the same code lies at the same places: heaps grow all the time, and each change costs a wait of the kernel's. */
function codeIn({ regions }: ProcessMaps): string {
	return regions
		.filter(({ executable }) => executable)
		.map((r) => `${r.start} ${r.end} ${r.offset} ${nameOf(r)}`)
		.join("\n");
}

function fillRows(words: Uint32Array, first: number, table: UnwindTable): void {
	const { starts, rules } = table;
	for (let i = 0; i < starts.length; i++) {
		words[(first + i) * 2] = starts[i] ?? 0;
		words[(first + i) * 2 + 1] = rules[i] ?? 0;
	}
}

const vdso = "[vdso]";

function nameOf({ file, path }: Region): string | undefined {
	return path === vdso ? vdso : file;
}

/** The file behind a region, opened for as long as it is read. */
function withRegion<T>(
	pid: number,
	region: Region,
	use: (elf: ElfFile) => T,
): T | undefined {
	if (region.path === vdso) {
		const elf = readVdso();
		return elf && use(elf);
	}
	const fd = openRegionFile(pid, region);
	if (fd === undefined) return undefined;
	try {
		const elf = readElfAt(reader(fd));
		return elf && use(elf);
	} catch {
		// Cut off, or damaged.
		return undefined;
	} finally {
		closeSync(fd);
	}
}
