// Addresses → symbols of one file, from tables made up here.
import { expect, test } from "vitest";
import { readSymbolTable } from "../../runtime/symbols/symbol-table.ts";
import {
	type ElfFile,
	type ElfSection,
	sectionType,
} from "../../src/types/elf-sections.ts";

interface Row {
	readonly name: string;
	readonly start: number;
	readonly size?: number;
	/** 0 label, 1 object, 2 function. */
	readonly type?: number;
	readonly local?: boolean;
	readonly section?: number;
}

const BASE = 0x40_0000;
const code: ElfSection = {
	name: ".text",
	type: 1,
	address: BASE,
	offset: 0,
	size: 0x10_0000,
	link: 0,
	entrySize: 0,
};

function tableOf(rows: readonly Row[]) {
	const entries = Buffer.alloc((rows.length + 1) * 24);
	let strings = "\0";
	rows.forEach((row, i) => {
		const at = (i + 1) * 24;
		const { type = 2, size = 0x10, local = false, section = 1 } = row;
		entries.writeUInt32LE(strings.length, at);
		entries.writeUInt8(type | (local ? 0 : 0x10), at + 4);
		entries.writeUInt16LE(section, at + 6);
		entries.writeBigUInt64LE(BigInt(BASE + row.start), at + 8);
		entries.writeBigUInt64LE(BigInt(size), at + 16);
		strings += `${row.name}\0`;
	});
	const bytes = Buffer.concat([entries, Buffer.from(strings, "latin1")]);
	const of = (type: number, offset: number, size: number): ElfSection => ({
		...code,
		name: "",
		type,
		address: 0,
		offset,
		size,
		link: 3,
	});
	const elf: ElfFile = {
		read: (offset, size) => bytes.subarray(offset, offset + size),
		type: 3,
		machine: 62,
		entry: 0,
		segments: [],
		sections: [
			of(0, 0, 0),
			code,
			of(sectionType.symbols, 0, entries.length),
			of(3, entries.length, strings.length),
		],
	};
	const table = readSymbolTable(elf, "symbols");
	return {
		table,
		at(offset: number): string | undefined {
			const found = table?.find(BASE + offset);
			return found && `${found.name}+${found.offset}`;
		},
	};
}

test("a symbol holds what its size says", () => {
	const { at } = tableOf([
		{ name: "second", start: 0x100 },
		{ name: "first", start: 0 },
	]);
	expect(at(0)).toBe("first+0");
	expect(at(0xf)).toBe("first+15");
	expect(at(0x10)).toBeUndefined();
	expect(at(0x108)).toBe("second+8");
	expect(at(-1)).toBeUndefined();
	expect(at(0x20_0000)).toBeUndefined();
});

test("a label holds what follows up to the next symbol, or the end of its section", () => {
	const { at } = tableOf([
		{ name: "whole", start: 0, size: 0x50 },
		{ name: "label", start: 0x20, size: 0, type: 0 },
		{ name: "inner", start: 0x30, size: 4 },
		{ name: "last", start: 0xf_0000, size: 0, type: 0 },
	]);
	expect(at(0x2f)).toBe("label+15");
	expect(at(0x32)).toBe("inner+2");
	expect(at(0x34)).toBe("whole+52");
	expect(at(0xf_ffff)).toBe("last+65535");
	expect(at(0x10_0000)).toBeUndefined();
});

test.each<[string, Row[]]>([
	["a sized one", [{ name: "label", start: 0, size: 0 }]],
	["code", [{ name: "variable", start: 0, type: 1 }]],
	["a global one", [{ name: "hidden", start: 0, local: true }]],
	["the one with fewer underscores", [{ name: "__shown", start: 0 }]],
])("of several at one address %s is shown", (_, others) => {
	const shown = { name: "shown", start: 0 };
	expect(tableOf([shown, ...others]).at(4)).toBe("shown+4");
	expect(tableOf([...others, shown]).at(4)).toBe("shown+4");
});

test("of equals the first is shown", () => {
	const rows = ["one", "two"].map((name) => ({ name, start: 0 }));
	expect(tableOf(rows).at(0)).toBe("one+0");
});

test("compilers' marks, constants and what lies elsewhere are no symbols", () => {
	const marks: Row[] = [
		{ name: "$x", start: 8, size: 0, type: 0 },
		{ name: ".L5", start: 9, size: 0, type: 0 },
		{ name: "", start: 10 },
		{ name: "constant", start: 11, section: 0xfff1 },
		{ name: "imported", start: 12, section: 0 },
		{ name: "a-file.c", start: 13, type: 4 },
	];
	const { at } = tableOf([{ name: "label", start: 0, size: 0 }, ...marks]);
	expect(at(14)).toBe("label+14");
	expect(tableOf(marks).table).toBeUndefined();
});

test("versions are cut off, long names are not", () => {
	const long = "n".repeat(1000);
	const { at } = tableOf([
		{ name: "memcpy@@GLIBC_2.14", start: 0 },
		{ name: long, start: 0x10 },
	]);
	expect(at(1)).toBe("memcpy+1");
	expect(at(0x11)).toBe(`${long}+1`);
});

test("many symbols are found wherever they lie, far apart and close together", () => {
	const starts = Array.from({ length: 3000 }, (_, i) =>
		i % 3 === 0 ? i * 0x100 : 0xe_0000 + i,
	);
	const names = starts.map((start, i) => ({
		name: `f${i}`,
		start,
		size: i % 3 === 0 ? 0x100 : 1,
	}));
	const { at } = tableOf(names);
	for (const { name, start } of names) expect(at(start)).toBe(`${name}+0`);
	expect(at(0x380)).toBe("f3+128");
	expect(at(0xd_ffff)).toBeUndefined();
});
