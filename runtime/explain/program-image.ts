// A BPF object as programs: which functions each is made of, in the order in which libbpf puts them together, what their
// calls and addresses refer to, and where each instruction comes from. Nothing of it needs a kernel.
import {
	type ElfFile,
	type ElfSection,
	readElf,
	textAt,
} from "../../src/types/elf-sections.ts";
import {
	callKind,
	decodeInstructions,
	type Instruction,
	instructionText,
	isCall,
} from "./instructions.ts";
import { type LineOrigin, type LineTable, readLineTable } from "./line-info.ts";

export interface ImageInstruction {
	/** Of the whole program, as the verifier counts. */
	readonly index: number;
	readonly text: string;
	readonly bytes: Uint8Array;
	readonly decoded: Instruction;
	/** The function that it belongs to. */
	readonly function: string;
	/** Undefined where clang notes none. */
	readonly origin: LineOrigin | undefined;
	/** The function of the kernel, or of this program, that it calls. */
	readonly calls: string | undefined;
}

interface Symbol {
	readonly name: string;
	/** 2 function, 3 section. */
	readonly type: number;
	readonly section: number;
	/** Bytes from the start of the section. */
	readonly value: number;
	readonly size: number;
}

interface ObjectFile {
	readonly elf: ElfFile;
	readonly symbols: readonly Symbol[];
	/** By section and byte. */
	readonly relocations: ReadonlyMap<number, ReadonlyMap<number, Symbol>>;
	readonly lines: LineTable;
}

export interface ProgramImage {
	/** All instructions of a program, those of the functions it calls behind its own; empty for an unknown name. */
	program(symbol: string): readonly ImageInstruction[];
}

const relocationSection = 9;
const symbolSection = 2;
const functionSymbol = 2;

/** Undefined for bytes that are no object file. */
export function readImage(object: Uint8Array): ProgramImage | undefined {
	const elf = readElf(object);
	if (!elf) return undefined;
	const symbols = readSymbols(elf);
	const relocations = readRelocations(elf, symbols);
	const file = { elf, symbols, relocations, lines: readLineTable(elf) };
	return { program: (symbol) => assemble(file, symbol) };
}

function viewOf(elf: ElfFile, { offset, size }: ElfSection): DataView {
	const bytes = elf.read(offset, size);
	return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readSymbols(elf: ElfFile): Symbol[] {
	const section = elf.sections.find((s) => s.type === symbolSection);
	const strings = section && elf.sections[section.link];
	if (!section || !strings) return [];
	const text = elf.read(strings.offset, strings.size);
	const view = viewOf(elf, section);
	const found: Symbol[] = [];
	for (let at = 0; at + 24 <= view.byteLength; at += 24) {
		found.push({
			name: textAt(text, view.getUint32(at, true)),
			type: view.getUint8(at + 4) & 0xf,
			section: view.getUint16(at + 6, true),
			value: Number(view.getBigUint64(at + 8, true)),
			size: Number(view.getBigUint64(at + 16, true)),
		});
	}
	return found;
}

/** `Elf64_Rel`: the place, then the symbol in the upper half of a word and the kind in the lower. */
function readRelocations(
	elf: ElfFile,
	symbols: readonly Symbol[],
): Map<number, Map<number, Symbol>> {
	const found = new Map<number, Map<number, Symbol>>();
	for (const section of elf.sections) {
		if (section.type !== relocationSection) continue;
		// `.reltext` belongs to `text`.
		const target = elf.sections.findIndex(
			({ name }) => section.name === `.rel${name}`,
		);
		const places = new Map<number, Symbol>();
		const view = viewOf(elf, section);
		for (let at = 0; at + 16 <= view.byteLength; at += 16) {
			const symbol = symbols[view.getUint32(at + 12, true)];
			if (symbol) places.set(Number(view.getBigUint64(at, true)), symbol);
		}
		found.set(target, places);
	}
	return found;
}

interface Piece {
	readonly symbol: Symbol;
	/** Number of its first instruction in the whole program. */
	readonly start: number;
	readonly code: readonly Instruction[];
}

/** libbpf appends each function where the walk through those before it first meets a call of it. */
function assemble(file: ObjectFile, name: string): ImageInstruction[] {
	const main = file.symbols.find(
		(s) => s.type === functionSymbol && s.name === name,
	);
	const pieces: Piece[] = [];
	let next = 0;
	const append = (symbol: Symbol): void => {
		if (pieces.some((p) => p.symbol === symbol)) return;
		const code = codeOf(file, symbol);
		pieces.push({ symbol, start: next, code });
		next += symbol.size / 8;
		for (const i of code) {
			const target = targetOf(file, symbol, i);
			if (target) append(target);
		}
	};
	if (main) append(main);
	return pieces.flatMap((piece) => describe(file, piece));
}

function codeOf({ elf }: ObjectFile, symbol: Symbol): Instruction[] {
	const section = elf.sections[symbol.section];
	if (!section) return [];
	const bytes = elf.read(section.offset + symbol.value, symbol.size);
	return decodeInstructions(bytes);
}

function relocationOf(
	{ relocations }: ObjectFile,
	{ section, value }: Symbol,
	{ index }: Instruction,
): Symbol | undefined {
	return relocations.get(section)?.get(value + index * 8);
}

/** The function of the same object that an instruction calls, or whose address it takes. */
function targetOf(
	file: ObjectFile,
	within: Symbol,
	i: Instruction,
): Symbol | undefined {
	const symbol = relocationOf(file, within, i);
	const isOwnCall = isCall(i) && i.source === callKind.own;
	if (!isOwnCall && i.wide === undefined) return undefined;
	if (symbol === undefined) {
		const place = within.value + (i.index + i.immediate + 1) * 8;
		return isOwnCall ? functionAt(file, within.section, place) : undefined;
	}
	if (symbol.section === 0) return undefined;
	const place = isOwnCall
		? symbol.value + (i.immediate + 1) * 8
		: symbol.value + i.immediate;
	return functionAt(file, symbol.section, place);
}

function functionAt(
	{ symbols }: ObjectFile,
	section: number,
	value: number,
): Symbol | undefined {
	return symbols.find(
		(s) =>
			s.type === functionSymbol && s.section === section && s.value === value,
	);
}

function describe(file: ObjectFile, piece: Piece): ImageInstruction[] {
	const { symbol, start, code } = piece;
	const section = file.elf.sections[symbol.section];
	const lines = section && file.lines.get(section.name);
	let origin: LineOrigin | undefined;
	const named = (i: Instruction) =>
		(targetOf(file, symbol, i) ?? relocationOf(file, symbol, i))?.name;
	return code.map((decoded) => {
		const noted = lines?.get(symbol.value / 8 + decoded.index);
		// Line 0 is what the optimiser made for no line alone.
		if (noted && noted.line > 0) origin = noted;
		const name = named(decoded);
		return {
			index: start + decoded.index,
			text: instructionText(decoded, () => name),
			bytes: bytesOf(file, symbol, decoded),
			decoded,
			function: symbol.name,
			origin,
			calls: isCall(decoded)
				? (name ?? instructionText(decoded).replace("call ", ""))
				: undefined,
		};
	});
}

function bytesOf(
	{ elf }: ObjectFile,
	symbol: Symbol,
	{ index, wide }: Instruction,
): Uint8Array {
	const offset = elf.sections[symbol.section]?.offset ?? 0;
	const size = wide === undefined ? 8 : 16;
	return elf.read(offset + symbol.value + index * 8, size);
}
