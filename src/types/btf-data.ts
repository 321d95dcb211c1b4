// The raw bytes of BTF (the kernel's type format) and how to walk them. Nothing is decoded before it is asked for:
// opening finds where each type begins and stops there, since a kernel has 126,000 of them.

export const btfKind = {
	void: 0,
	int: 1,
	pointer: 2,
	array: 3,
	struct: 4,
	union: 5,
	enum: 6,
	forward: 7,
	typedef: 8,
	volatile: 9,
	const: 10,
	restrict: 11,
	func: 12,
	funcProto: 13,
	variable: 14,
	dataSection: 15,
	float: 16,
	declTag: 17,
	typeTag: 18,
	enum64: 19,
} as const;

/** One BTF blob. Split BTF (a module's) numbers its types and strings on from `base`. */
export interface BtfData {
	readonly base: BtfData | undefined;
	/** The type section as 32-bit words. */
	readonly words: Uint32Array;
	/** For each type of this blob, the word at which it begins. */
	readonly starts: Uint32Array;
	/** Id of the first type in this blob (1 without a base). */
	readonly firstId: number;
	/** One past the last type id. */
	readonly endId: number;
	readonly strings: Buffer;
	/** String offset at which this blob's strings begin. */
	readonly firstString: number;
}

export type BtfResult =
	| { readonly ok: true; readonly btf: BtfData }
	| { readonly ok: false; readonly reason: string };

const magic = 0xeb9f;

/** Opens BTF bytes, which are kept and must not change. Only the host's byte order (little-endian) is read. */
export function openBtf(bytes: Uint8Array, base?: BtfData): BtfResult {
	if (bytes.byteLength < 24) return refuse("too short for a BTF header");
	const head = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	if (head.getUint16(0, true) !== magic)
		return refuse("not BTF, or BTF of another byte order");
	const section = (at: number): Uint8Array => {
		const start = head.getUint32(4, true) + head.getUint32(at, true);
		return bytes.subarray(start, start + head.getUint32(at + 4, true));
	};
	const types = section(8);
	const strings = section(16);
	const whole =
		types.length === head.getUint32(12, true) &&
		strings.length === head.getUint32(20, true);
	if (!whole || types.length % 4 !== 0)
		return refuse("BTF sections reach past its end");
	const words = wordsOf(types);
	const starts = findStarts(words);
	if (starts === undefined)
		return refuse("BTF holds a kind of type unknown to this version");
	const firstId = base ? base.endId : 1;
	return {
		ok: true,
		btf: {
			base,
			words,
			starts,
			firstId,
			endId: firstId + starts.length,
			strings: Buffer.from(strings.buffer, strings.byteOffset, strings.length),
			firstString: base ? base.firstString + base.strings.length : 0,
		},
	};
}

function refuse(reason: string): BtfResult {
	return { ok: false, reason };
}

function wordsOf(bytes: Uint8Array): Uint32Array {
	const aligned = bytes.byteOffset % 4 === 0 ? bytes : Uint8Array.from(bytes);
	return new Uint32Array(
		aligned.buffer,
		aligned.byteOffset,
		aligned.byteLength / 4,
	);
}

/** Words that follow the three common ones, by kind: so many once, and so many for each member. */
const extraWords: readonly (readonly [number, number, number])[] = [
	[btfKind.int, 1, 0],
	[btfKind.pointer, 0, 0],
	[btfKind.array, 3, 0],
	[btfKind.struct, 0, 3],
	[btfKind.union, 0, 3],
	[btfKind.enum, 0, 2],
	[btfKind.forward, 0, 0],
	[btfKind.typedef, 0, 0],
	[btfKind.volatile, 0, 0],
	[btfKind.const, 0, 0],
	[btfKind.restrict, 0, 0],
	[btfKind.func, 0, 0],
	[btfKind.funcProto, 0, 2],
	[btfKind.variable, 1, 0],
	[btfKind.dataSection, 0, 3],
	[btfKind.float, 0, 0],
	[btfKind.declTag, 1, 0],
	[btfKind.typeTag, 0, 0],
	[btfKind.enum64, 0, 3],
];
const unknownKind = 0xff;
const once = new Uint8Array(32).fill(unknownKind);
const each = new Uint8Array(32);
for (const [kind, fixed, perMember] of extraWords) {
	once[kind] = fixed;
	each[kind] = perMember;
}

/** Tables instead of a `switch`: every start of a script that uses a kernel type goes through here 126,000 times. */
function findStarts(words: Uint32Array): Uint32Array | undefined {
	const starts = new Uint32Array(Math.ceil(words.length / 3));
	let count = 0;
	for (let at = 0; at + 3 <= words.length; ) {
		starts[count++] = at;
		const info = words[at + 1] ?? 0;
		const kind = (info >>> 24) & 0x1f;
		const fixed = once[kind] ?? unknownKind;
		if (fixed === unknownKind) return undefined;
		at += 3 + fixed + (each[kind] ?? 0) * (info & 0xffff);
	}
	return starts.slice(0, count);
}

/** A type's place: the blob that holds it, and the word at which it begins. */
export interface BtfPlace {
	readonly btf: BtfData;
	readonly at: number;
}

/** Where type `id` lies; undefined for void (0) and for ids that do not exist. */
export function placeOf(btf: BtfData, id: number): BtfPlace | undefined {
	let layer: BtfData | undefined = btf;
	while (layer && id < layer.firstId) layer = layer.base;
	const at = layer?.starts[id - layer.firstId];
	return layer === undefined || at === undefined
		? undefined
		: { btf: layer, at };
}

/** Word `n` of a type: 0 name, 1 info, 2 size or type, then what its kind adds. */
export function word(place: BtfPlace, n: number): number {
	return place.btf.words[place.at + n] ?? 0;
}

export function kindOf(place: BtfPlace): number {
	return (word(place, 1) >>> 24) & 0x1f;
}

/** Number of members, parameters or enumerators. */
export function lengthOf(place: BtfPlace): number {
	return word(place, 1) & 0xffff;
}

/** The kind flag: bit-fields in a struct, a signed enum, a forward declaration of a union. */
export function flagOf(place: BtfPlace): boolean {
	return word(place, 1) >>> 31 === 1;
}

/** The string at `offset`; "" for none. */
export function stringAt(btf: BtfData, offset: number): string {
	let layer: BtfData | undefined = btf;
	while (layer && offset < layer.firstString) layer = layer.base;
	if (layer === undefined || offset === 0) return "";
	const start = offset - layer.firstString;
	const end = layer.strings.indexOf(0, start);
	return layer.strings.toString(
		"latin1",
		start,
		end < 0 ? layer.strings.length : end,
	);
}

export function nameOf(place: BtfPlace): string {
	return stringAt(place.btf, word(place, 0));
}
