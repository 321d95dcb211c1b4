// Types of BTF as C declares them, typedefs and qualifiers kept: for listings. Everything else uses types of kask's own.
import {
	type BtfData,
	type BtfPlace,
	btfKind,
	flagOf,
	kindOf,
	lengthOf,
	nameOf,
	placeOf,
	stringAt,
	word,
} from "./btf-data.ts";
import { isSignedEnum } from "./btf-types.ts";

/** `const char * filename`, `int (*call)(int)`, `u8 bytes[16]`. */
export function declarationText(
	btf: BtfData,
	id: number,
	name: string,
): string {
	return declare(btf, id, name, "").trimEnd();
}

/** `struct file * file` for each parameter, and `ssize_t retval` where it is asked for and there is one. */
export function parameterTexts(
	proto: BtfPlace,
	first: number,
	withResult: boolean,
): readonly string[] {
	const { btf } = proto;
	const texts: string[] = [];
	for (let i = first; i < lengthOf(proto); i++) {
		const name = stringAt(btf, word(proto, 3 + i * 2)) || `arg${i}`;
		const id = word(proto, 4 + i * 2);
		if (id !== 0) texts.push(spaced(declarationText(btf, id, name)));
	}
	const result = word(proto, 2);
	if (withResult && result !== 0)
		texts.push(spaced(declarationText(btf, result, "retval")));
	return texts;
}

/** A star that stands free: `struct file * file`. */
function spaced(text: string): string {
	return text.replace(/ (\*+)(?=\w)/, " $1 ");
}

/** The whole definition of a struct, union or enum, one member a line; anonymous ones inside are written out. */
export function definitionText(btf: BtfData, id: number): string | undefined {
	const place = placeOf(btf, id);
	if (place === undefined) return undefined;
	const tag = tagOf(place);
	return tag && `${tag} ${bodyText(place, "")};`;
}

/** `struct file`, without a name for anonymous ones; undefined for kinds that have no tag. */
export function tagOf(place: BtfPlace): string | undefined {
	const word = tagWord(place);
	return word && `${word} ${nameOf(place)}`.trimEnd();
}

function tagWord(place: BtfPlace): string | undefined {
	switch (kindOf(place)) {
		case btfKind.struct:
			return "struct";
		case btfKind.union:
			return "union";
		case btfKind.enum:
		case btfKind.enum64:
			return "enum";
		case btfKind.forward:
			return flagOf(place) ? "union" : "struct";
		default:
			return undefined;
	}
}

/** `inner` is the declarator so far, which C writes around: `*p`, `a[4]`, `(*f)`. */
function declare(
	btf: BtfData,
	id: number,
	inner: string,
	indent: string,
): string {
	const place = placeOf(btf, id);
	if (place === undefined) return `void ${inner}`;
	const next = word(place, 2);
	switch (kindOf(place)) {
		case btfKind.pointer:
			return declare(btf, next, pointerTo(btf, next, inner), indent);
		case btfKind.array:
			return declare(
				btf,
				word(place, 3),
				`${inner}[${word(place, 5)}]`,
				indent,
			);
		case btfKind.funcProto: {
			const parameters = parameterTypes(place).join(", ") || "void";
			return declare(btf, next, `${inner}(${parameters})`, indent);
		}
		case btfKind.const:
			return qualified(btf, next, "const", inner, indent);
		case btfKind.volatile:
			return qualified(btf, next, "volatile", inner, indent);
		case btfKind.restrict:
		case btfKind.typeTag:
			return declare(btf, next, inner, indent);
		default:
			return `${headText(place, indent)} ${inner}`;
	}
}

function headText(place: BtfPlace, indent: string): string {
	const tag = tagOf(place);
	if (tag === undefined) return nameOf(place);
	const isDefined = kindOf(place) !== btfKind.forward;
	return nameOf(place) === "" && isDefined
		? `${tag} ${bodyText(place, indent)}`
		: tag;
}

/** A pointer to an array or a function needs parentheses; qualifiers in between do not matter. */
function pointerTo(btf: BtfData, id: number, inner: string): string {
	const place = placeOf(btf, id);
	const kind = place === undefined ? btfKind.void : kindOf(place);
	if (place && kind === btfKind.typeTag)
		return pointerTo(btf, word(place, 2), inner);
	return kind === btfKind.array || kind === btfKind.funcProto
		? `(*${inner})`
		: `*${inner}`;
}

/** A qualified pointer has its qualifier behind the star, all else before the name. */
function qualified(
	btf: BtfData,
	id: number,
	qualifier: string,
	inner: string,
	indent: string,
): string {
	const place = placeOf(btf, id);
	return place && kindOf(place) === btfKind.pointer
		? declare(btf, id, `${qualifier} ${inner}`, indent)
		: `${qualifier} ${declare(btf, id, inner, indent)}`;
}

function parameterTypes(proto: BtfPlace): readonly string[] {
	return Array.from({ length: lengthOf(proto) }, (_, i) => {
		const id = word(proto, 4 + i * 2);
		return id === 0 ? "..." : declarationText(proto.btf, id, "");
	});
}

function bodyText(place: BtfPlace, indent: string): string {
	const kind = kindOf(place);
	const isEnum = kind === btfKind.enum || kind === btfKind.enum64;
	const member = isEnum ? enumeratorText : memberText;
	const lines = Array.from(
		{ length: lengthOf(place) },
		(_, i) => `${indent}\t${member(place, i, `${indent}\t`)}`,
	);
	return ["{", ...lines, `${indent}}`].join("\n");
}

function memberText(place: BtfPlace, i: number, indent: string): string {
	const name = stringAt(place.btf, word(place, 3 + i * 3));
	const bits = flagOf(place) ? word(place, 5 + i * 3) >>> 24 : 0;
	const type = word(place, 4 + i * 3);
	const text = declare(place.btf, type, name, indent).trimEnd();
	return `${text}${bits > 0 ? `:${bits}` : ""};`;
}

function enumeratorText(place: BtfPlace, i: number): string {
	const step = kindOf(place) === btfKind.enum64 ? 3 : 2;
	const at = 3 + i * step;
	const high = step === 3 ? BigInt(word(place, at + 2)) << 32n : 0n;
	const bits = BigInt(word(place, at + 1)) | high;
	const value = isSignedEnum(place)
		? BigInt.asIntN(step === 3 ? 64 : 32, bits)
		: bits;
	return `${stringAt(place.btf, word(place, at))} = ${value},`;
}
