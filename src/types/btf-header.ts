// Kernel types as a C header: what `vmlinux.h` is to programs that include it, but only as much as a text uses.
import {
	type BtfData,
	type BtfPlace,
	btfKind,
	kindOf,
	lengthOf,
	nameOf,
	placeOf,
	stringAt,
	word,
} from "./btf-data.ts";
import { declarationText, definitionText, tagOf } from "./btf-text.ts";

/**
 * All types and enum constants that one of the `words` names, with what they hold. A pointer to a struct is followed
 * where its member is among the words, so that `task->mm->exe_file` finds every struct on its way. Members are found by
 * name when the program is loaded (CO-RE), so that only a struct's size may differ from the kernel's where that packs it.
 */
export function headerText(btf: BtfData, words: ReadonlySet<string>): string {
	const to: Header = {
		btf,
		words,
		lines: [],
		states: new Map([[`typedef ${ofTheCompiler}`, "defined"]]),
		constants: new Set(),
		later: [],
	};
	const wanted = [...namedTypes(btf, words)];
	const [unnamed, named] = [true, false].map((is) =>
		wanted.filter((id) => isUnnamedEnum(btf, id) === is),
	);
	for (const id of named ?? []) complete(to, id);
	for (let id = to.later.pop(); id !== undefined; id = to.later.pop())
		complete(to, id);
	// Last, since most of them are written where they are used: in a struct, or behind typedef.
	for (const id of unnamed ?? []) complete(to, id);
	return [...opening, ...to.lines, ...closing, ""].join("\n");
}

/** clang knows it without being told, and takes no other. */
const ofTheCompiler = "__builtin_va_list";

const opening = [
	"#pragma once",
	"#pragma clang attribute push (__attribute__((preserve_access_index)), apply_to = record)",
];
const closing = ["#pragma clang attribute pop"];

interface Header {
	readonly btf: BtfData;
	readonly words: ReadonlySet<string>;
	readonly lines: string[];
	/** By kind and name, since the kernel has some types several times. */
	readonly states: Map<string, "declared" | "defined">;
	/** Of enums: two of the kernel's may have one of the same name, C takes one. */
	readonly constants: Set<string>;
	/** Structs that only pointers lead to. */
	readonly later: number[];
}

/** One walk over all types: looking each word up would be one walk a word. */
function* namedTypes(
	btf: BtfData,
	words: ReadonlySet<string>,
): Iterable<number> {
	for (let id = btf.firstId; id < btf.endId; id++) {
		const place = placeOf(btf, id);
		if (place === undefined) continue;
		const kind = kindOf(place);
		if (isTag(kind) || kind === btfKind.typedef) {
			if (words.has(nameOf(place))) yield id;
			else if (isEnum(kind) && hasConstant(place, words)) yield id;
		}
	}
}

function hasConstant(place: BtfPlace, words: ReadonlySet<string>): boolean {
	const step = kindOf(place) === btfKind.enum ? 2 : 3;
	for (let i = 0; i < lengthOf(place); i++)
		if (words.has(stringAt(place.btf, word(place, 3 + i * step)))) return true;
	return false;
}

function isEnum(kind: number): boolean {
	return kind === btfKind.enum || kind === btfKind.enum64;
}

function isRecord(kind: number): boolean {
	return kind === btfKind.struct || kind === btfKind.union;
}

function isTag(kind: number): boolean {
	return isEnum(kind) || isRecord(kind);
}

/** Defines what a value of the type needs. */
function complete(to: Header, id: number): void {
	const place = placeOf(to.btf, id);
	if (place === undefined) return;
	switch (kindOf(place)) {
		case btfKind.struct:
		case btfKind.union:
		case btfKind.enum:
		case btfKind.enum64:
			define(to, place, id);
			break;
		case btfKind.typedef:
			defineTypedef(to, place);
			complete(to, word(place, 2));
			break;
		case btfKind.array:
			complete(to, word(place, 3));
			break;
		case btfKind.const:
		case btfKind.volatile:
		case btfKind.restrict:
		case btfKind.typeTag:
			complete(to, word(place, 2));
			break;
		default:
			mention(to, id);
	}
}

/** Declares what a pointer to the type needs. */
function mention(to: Header, id: number): void {
	const place = placeOf(to.btf, id);
	if (place === undefined) return;
	switch (kindOf(place)) {
		case btfKind.struct:
		case btfKind.union:
			// What has no name is written where it is used.
			if (nameOf(place) === "") define(to, place, id);
			else declare(to, place);
			break;
		case btfKind.forward:
			declare(to, place);
			break;
		case btfKind.enum:
		case btfKind.enum64:
			define(to, place, id);
			break;
		case btfKind.typedef:
			defineTypedef(to, place);
			break;
		case btfKind.array:
			// An array's elements must be known even where only a pointer leads to it.
			complete(to, word(place, 3));
			break;
		case btfKind.funcProto:
			for (let i = 0; i < lengthOf(place); i++)
				mention(to, word(place, 4 + i * 2));
			mention(to, word(place, 2));
			break;
		case btfKind.int:
		case btfKind.float:
			break;
		default:
			mention(to, word(place, 2));
	}
}

function declare(to: Header, place: BtfPlace): void {
	const tag = tagOf(place) ?? "";
	if (to.states.has(tag)) return;
	to.states.set(tag, "declared");
	to.lines.push(`${tag};`);
}

function define(to: Header, place: BtfPlace, id: number): void {
	const name = nameOf(place);
	// An enum's constants are for everybody, whether it has a name or not.
	const key = name === "" ? `#${id}` : (tagOf(place) ?? "");
	if (to.states.get(key) === "defined") return;
	to.states.set(key, "defined");
	const text = definitionText(to.btf, id) ?? "";
	if (isRecord(kindOf(place))) {
		completeMembers(to, place);
		if (name !== "") to.lines.push(text);
	} else to.lines.push(withNewConstants(to, text, id));
}

function withNewConstants(to: Header, text: string, id: number): string {
	const lines = text.split("\n").filter((line) => {
		const constant = /^\t(\w+) =/.exec(line)?.[1];
		if (constant === undefined) return true;
		if (to.constants.has(constant)) return false;
		to.constants.add(constant);
		return true;
	});
	// C knows no enum without any.
	if (lines.length === 2) lines.splice(1, 0, `\tkask_enum_${id},`);
	return lines.join("\n");
}

function completeMembers(to: Header, place: BtfPlace): void {
	for (let i = 0; i < lengthOf(place); i++) {
		const name = stringAt(place.btf, word(place, 3 + i * 3));
		const type = word(place, 4 + i * 3);
		if (isUnnamedEnum(to.btf, type)) writtenInside(to, type);
		else complete(to, type);
		if (to.words.has(name)) follow(to, type);
	}
}

function isUnnamedEnum(btf: BtfData, id: number): boolean {
	const place = placeOf(btf, id);
	return place !== undefined && isEnum(kindOf(place)) && nameOf(place) === "";
}

/** Notes an enum that another declaration brings, constants and all. */
function writtenInside(to: Header, id: number): void {
	to.states.set(`#${id}`, "defined");
}

/** Notes the struct that a chain of pointers ends at. */
function follow(to: Header, from: number): void {
	let place = placeOf(to.btf, from);
	let id = from;
	let through = false;
	while (place && !isTag(kindOf(place))) {
		const kind = kindOf(place);
		if (kind === btfKind.int || kind === btfKind.funcProto) return;
		through ||= kind === btfKind.pointer;
		id = word(place, kind === btfKind.array ? 3 : 2);
		place = placeOf(to.btf, id);
	}
	if (place && through) to.later.push(id);
}

function defineTypedef(to: Header, place: BtfPlace): void {
	const name = nameOf(place);
	const key = `typedef ${name}`;
	if (to.states.has(key)) return;
	to.states.set(key, "defined");
	const target = word(place, 2);
	if (isUnnamedEnum(to.btf, target)) writtenInside(to, target);
	else mention(to, target);
	to.lines.push(`typedef ${declarationText(to.btf, target, name)};`);
}
