// Which functions a BPF trampoline can be built for (fentry, fexit), told by BTF alone: the kernel refuses to load a
// program for any other, and one such program keeps all that came of a wildcard from loading.
import {
	type BtfData,
	type BtfPlace,
	btfKind,
	kindOf,
	lengthOf,
	placeOf,
	stringAt,
	word,
} from "./btf-data.ts";

/** MAX_BPF_FUNC_ARGS of include/linux/bpf.h. */
const MOST_PARAMETERS = 12;
/** Bytes of a struct that is passed by value. */
const LARGEST_RECORD = 16;

/** Names of those functions, of this blob only. */
export function* trampolineNames(btf: BtfData): Iterable<string> {
	for (let i = 0; i < btf.starts.length; i++) {
		const func = placeOf(btf, btf.firstId + i);
		if (func === undefined || kindOf(func) !== btfKind.func) continue;
		const proto = placeOf(btf, word(func, 2));
		if (proto && fits(btf, proto)) yield stringAt(btf, word(func, 0));
	}
}

function fits(btf: BtfData, proto: BtfPlace): boolean {
	const count = lengthOf(proto);
	if (count > MOST_PARAMETERS || recordBytes(btf, word(proto, 2)) > 0)
		return false;
	for (let i = 0; i < count; i++) {
		const type = word(proto, 4 + i * 2);
		// `...` is a parameter without a type.
		if (type === 0 || recordBytes(btf, type) > LARGEST_RECORD) return false;
	}
	return true;
}

const passedOver: readonly number[] = [
	btfKind.typedef,
	btfKind.volatile,
	btfKind.const,
	btfKind.restrict,
	btfKind.typeTag,
];

/** Of a struct or union; 0 for all else. */
function recordBytes(btf: BtfData, id: number): number {
	let place = placeOf(btf, id);
	while (place && passedOver.includes(kindOf(place)))
		place = placeOf(btf, word(place, 2));
	if (place === undefined) return 0;
	const kind = kindOf(place);
	return kind === btfKind.struct || kind === btfKind.union ? word(place, 2) : 0;
}
