// A function of BTF as plain C declares it, for C that knows none of its types: typedefs are followed, qualifiers left
// out, structs and enums declared as far as linking asks for them (libbpf compares kinds, names and sizes).
import {
	type BtfData,
	type BtfPlace,
	btfKind,
	kindOf,
	lengthOf,
	nameOf,
	placeOf,
	word,
} from "./btf-data.ts";
import { tagOf } from "./btf-text.ts";

/** `struct sock;` and `extern int length(struct sock *, char *);`, each a line; none where it is no function. */
export function externDeclaration(
	btf: BtfData,
	funcId: number,
): readonly string[] {
	const func = placeOf(btf, funcId);
	if (func === undefined || kindOf(func) !== btfKind.func) return [];
	const declared = new Set<string>();
	const name = nameOf(func);
	const text = declare({ btf, name, declared }, word(func, 2), name);
	return [...declared, `extern ${text};`];
}

interface Declaring {
	readonly btf: BtfData;
	/** The function's, for the constants of enums that have none. */
	readonly name: string;
	/** Lines that must come before. */
	readonly declared: Set<string>;
}

/** `inner` is the declarator so far, which C writes around. */
function declare(to: Declaring, id: number, inner: string): string {
	const place = placeOf(to.btf, id);
	if (place === undefined) return `void ${inner}`;
	const next = word(place, 2);
	switch (kindOf(place)) {
		case btfKind.pointer:
			return declare(to, next, `(*${inner})`);
		case btfKind.array:
			return declare(to, word(place, 3), `${inner}[${word(place, 5)}]`);
		case btfKind.funcProto:
			return declare(to, next, `${inner}(${parameters(to, place)})`);
		case btfKind.typedef:
		case btfKind.const:
		case btfKind.volatile:
		case btfKind.restrict:
		case btfKind.typeTag:
			return declare(to, next, inner);
		default:
			return `${named(to, place, id)} ${inner}`;
	}
}

function parameters(to: Declaring, proto: BtfPlace): string {
	const texts = Array.from({ length: lengthOf(proto) }, (_, i) => {
		const id = word(proto, 4 + i * 2);
		return id === 0 ? "..." : declare(to, id, "");
	});
	return texts.join(", ") || "void";
}

function named(to: Declaring, place: BtfPlace, id: number): string {
	const tag = tagOf(place);
	if (tag === undefined) return nameOf(place);
	const kind = kindOf(place);
	const isEnum = kind === btfKind.enum || kind === btfKind.enum64;
	const name = nameOf(place);
	// C knows no enum that is only declared. One of 8 bytes needs a value that takes them.
	const value = word(place, 2) === 8 ? " = 1ULL << 63" : "";
	const constant = `kask_enum_${name || `${to.name}_${id}`}`;
	const body = isEnum ? ` { ${constant}${value} }` : "";
	if (name === "") return `${tag}${body || " {}"}`;
	to.declared.add(`${tag}${body};`);
	return tag;
}
