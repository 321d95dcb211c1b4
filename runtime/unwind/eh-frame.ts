// .eh_frame: for every function an entry (FDE), which refers to one that many share (CIE). The format is that of the
// Linux Standard Base; what is in the entries is DWARF's.
import { ByteReader } from "./bytes.ts";

/** What functions have in common. */
export interface CommonEntry {
	readonly codeAlign: number;
	readonly dataAlign: number;
	/** Number of the column for the return address. */
	readonly returnColumn: number;
	/** How addresses are written (DW_EH_PE). */
	readonly encoding: number;
	readonly hasAugmentation: boolean;
	/** The frame is one that the kernel has made for a signal. */
	readonly isSignal: boolean;
	/** Where its instructions begin and end, in bytes from the section's start. */
	readonly programAt: number;
	readonly programEnd: number;
}

export interface FunctionEntry {
	readonly common: CommonEntry;
	/** As linked. */
	readonly start: number;
	readonly end: number;
	/** As in CommonEntry. */
	readonly programAt: number;
	readonly programEnd: number;
}

const LONG_FORM = 0xffff_ffff;

/** All functions, in the order of the file; `address` is the section's own. What is damaged ends the list. */
export function readFunctions(
	section: Uint8Array,
	address: number,
): readonly FunctionEntry[] {
	const found: FunctionEntry[] = [];
	const reader = new ByteReader(section);
	const commons = new Map<number, CommonEntry | undefined>();
	while (reader.at + 4 <= section.length) {
		const first = reader.u32();
		const size = first === LONG_FORM ? reader.u64() : first;
		// A terminator, behind which there may be more where several sections were put together.
		if (size === 0) continue;
		const at = reader.at;
		const end = at + size;
		if (end > section.length) break;
		const back = reader.u32();
		if (back !== 0) {
			const common = commonAt(section, at - back, commons);
			const entry = common && readFunction(reader, end, address, common);
			if (entry) found.push(entry);
		}
		reader.at = end;
	}
	return found;
}

function commonAt(
	section: Uint8Array,
	at: number,
	known: Map<number, CommonEntry | undefined>,
): CommonEntry | undefined {
	if (known.has(at)) return known.get(at);
	const common = at < 0 ? undefined : readCommon(section, at);
	known.set(at, common);
	return common;
}

const encodings = { absolute: 0, omitted: 0xff } as const;

function readCommon(section: Uint8Array, at: number): CommonEntry | undefined {
	const reader = new ByteReader(section);
	reader.at = at;
	const first = reader.u32();
	const size = first === LONG_FORM ? reader.u64() : first;
	const end = reader.at + size;
	if (reader.u32() !== 0 || end > section.length) return undefined;
	const version = reader.u8();
	const augmentation = reader.text();
	if (augmentation !== "" && !augmentation.startsWith("z")) return undefined;
	const codeAlign = reader.uleb();
	const dataAlign = reader.sleb();
	const returnColumn = version === 1 ? reader.u8() : reader.uleb();
	const data = readAugmentation(reader, augmentation);
	if (data === undefined || reader.at > end) return undefined;
	return {
		codeAlign,
		dataAlign,
		returnColumn,
		...data,
		hasAugmentation: augmentation !== "",
		programAt: reader.at,
		programEnd: end,
	};
}

/** undefined where there is something in it that changes what the rest means. */
function readAugmentation(
	reader: ByteReader,
	letters: string,
): Pick<CommonEntry, "encoding" | "isSignal"> | undefined {
	let encoding: number = encodings.absolute;
	if (letters === "") return { encoding, isSignal: false };
	const size = reader.uleb();
	const end = reader.at + size;
	for (const letter of letters.slice(1)) {
		if (letter === "R") encoding = reader.u8();
		else if (letter === "L") reader.u8();
		else if (letter === "P") readEncoded(reader, reader.u8(), 0);
		else if (letter !== "S" && letter !== "B") return undefined;
	}
	reader.at = end;
	return { encoding, isSignal: letters.includes("S") };
}

function readFunction(
	reader: ByteReader,
	end: number,
	address: number,
	common: CommonEntry,
): FunctionEntry | undefined {
	const { encoding, hasAugmentation } = common;
	const start = readEncoded(reader, encoding, address);
	const size = readEncoded(reader, encoding & 0x0f, 0);
	if (start === undefined || size === undefined || size <= 0) return undefined;
	if (hasAugmentation) {
		const skipped = reader.uleb();
		reader.at += skipped;
	}
	if (reader.at > end) return undefined;
	return {
		common,
		start,
		end: start + size,
		programAt: reader.at,
		programEnd: end,
	};
}

const relativeTo = { nothing: 0, itself: 1, indirectly: 0x80 } as const;

/** undefined for what is not used for addresses of functions. */
function readEncoded(
	reader: ByteReader,
	encoding: number,
	section: number,
): number | undefined {
	if (encoding === encodings.omitted) return undefined;
	const own = section + reader.at;
	const value = readFormat(reader, encoding & 0x0f);
	if (value === undefined || encoding & relativeTo.indirectly) return undefined;
	const application = (encoding >> 4) & 7;
	if (application === relativeTo.nothing) return value;
	return application === relativeTo.itself ? own + value : undefined;
}

function readFormat(reader: ByteReader, format: number): number | undefined {
	if (format === 0 || format === 4) return reader.u64();
	if (format === 1) return reader.uleb();
	if (format === 2) return reader.u16();
	if (format === 3) return reader.u32();
	if (format === 9) return reader.sleb();
	if (format === 10) return (reader.u16() << 16) >> 16;
	if (format === 11) return reader.s32();
	return format === 12 ? reader.s64() : undefined;
}
