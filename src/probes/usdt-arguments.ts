// Where a USDT probe's arguments are, from the assembler operands in its note: `-4@%edi 8@-16(%rbp) 8@$5`.

import { registerLayout } from "../base/registers.ts";
import type { UsdtArgument } from "../builtins/definition.ts";

/** undefined in the place of an argument that programs can't reach: floating point, addresses of symbols. */
export function readUsdtArguments(
	text: string,
): readonly (UsdtArgument | undefined)[] {
	const read = process.arch === "arm64" ? readArm64 : readX64;
	return splitArguments(text).map((argument) => {
		const found = /^(?:(-?[1248])@)?(.+)$/.exec(argument);
		const place = found?.[2] === undefined ? undefined : read(found[2]);
		const size = Number(found?.[1] ?? 8);
		if (place === undefined) return undefined;
		const width = widthOf(Math.abs(size));
		return {
			size: width,
			signed: size < 0,
			place: cut(place, width, size < 0),
		};
	});
}

/** Operands such as `[sp, 8]` and `(%rax, %rbx)` have spaces inside. */
function splitArguments(text: string): readonly string[] {
	return text.match(/(?:[^\s[(]|\[[^\]]*\]|\([^)]*\))+/g) ?? [];
}

/** Compilers write constants of any type as signed numbers, or wider than their type. */
function cut(place: Place, size: number, signed: boolean): Place {
	if (place.kind !== "constant") return place;
	const cutTo = signed ? BigInt.asIntN : BigInt.asUintN;
	return { kind: "constant", value: cutTo(size * 8, place.value) };
}

function widthOf(size: number): UsdtArgument["size"] {
	return size === 1 || size === 2 || size === 4 ? size : 8;
}

type Place = UsdtArgument["place"];

/** AT&T syntax: `$5`, `%rdi`, `-8(%rbp)`, `8(%rax,%rbx,4)`. */
function readX64(operand: string): Place | undefined {
	const constant = /^\$(-?\w+)$/.exec(operand)?.[1];
	if (constant !== undefined) return readConstant(constant);
	const register = /^%(\w+)$/.exec(operand)?.[1];
	if (register !== undefined) {
		const offset = x64Register(register);
		return offset === undefined ? undefined : { kind: "register", offset };
	}
	const memory = /^(-?\w+)?\(%(\w+)(?:,\s*%(\w+)(?:,\s*([1248]))?)?\)$/.exec(
		operand,
	);
	if (memory === null) return undefined;
	const [, displacement = "0", base = "", index, scale = "1"] = memory;
	const offset = x64Register(base);
	const indexOffset = index === undefined ? undefined : x64Register(index);
	if (offset === undefined || Number.isNaN(Number(displacement)))
		return undefined;
	const place = {
		kind: "memory",
		offset,
		displacement: Number(displacement),
	} as const;
	if (index === undefined) return place;
	return indexOffset === undefined
		? undefined
		: { ...place, index: { offset: indexOffset, scale: Number(scale) } };
}

function readConstant(text: string): Place | undefined {
	return /^-?(0x[0-9a-fA-F]+|\d+)$/.test(text)
		? { kind: "constant", value: signedBig(text) }
		: undefined;
}

function signedBig(text: string): bigint {
	return text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(text);
}

/** Any width of a register: rdi, edi, di and dil are one. The second byte of a word (`%ah`) is none of them. */
function x64Register(name: string): number | undefined {
	const wide = /^r\d+[dwb]$/.test(name)
		? name.slice(0, -1)
		: name.replace(/^[re](?=[a-z])/, "").replace(/^([a-d])l$/, "$1x");
	const plain = /^(si|di|bp|sp)l$/.test(wide) ? wide.slice(0, 2) : wide;
	return registerLayout("x64").byName[plain];
}

/** `x0`, `w0`, `[sp, 8]`, `[x1]`, and constants without a mark. */
function readArm64(operand: string): Place | undefined {
	if (/^-?\d/.test(operand)) return readConstant(operand);
	const memory = /^\[(\w+)(?:,\s*(-?\d+))?\]$/.exec(operand);
	const offset = arm64Register(memory?.[1] ?? operand);
	if (offset === undefined) return undefined;
	return memory
		? { kind: "memory", offset, displacement: Number(memory[2] ?? 0) }
		: { kind: "register", offset };
}

function arm64Register(name: string): number | undefined {
	return registerLayout("arm64").byName[name.replace(/^[xw](?=\d)/, "r")];
}
