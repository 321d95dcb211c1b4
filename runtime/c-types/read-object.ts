// What clang's object says: types from its BTF, values from the bytes of the variables that hold them.
import { btfKind, openBtf } from "../../src/types/btf-data.ts";
import { indexBtf } from "../../src/types/btf-index.ts";
import { btfSource } from "../../src/types/btf-reader.ts";
import {
	type ElfFile,
	readElf,
	sectionBytes,
} from "../../src/types/elf-sections.ts";
import { elfSymbols, symbolType } from "../../src/types/elf-symbols.ts";
import { sizeOf } from "../../src/types/layout.ts";
import type { KernelTypeSource } from "../../src/types/type-source.ts";
import type { Type } from "../../src/types/types.ts";
import type { CValue } from "./request.ts";
import { valueName, valueSection } from "./unit.ts";

export interface CObject {
	readonly types: KernelTypeSource;
	/** Structs and unions that are only declared: `struct NAME`. */
	readonly declaredOnly: readonly string[];
	/** The value at a position of the unit's list; undefined when it is no integer and no string. */
	value(index: number): CValue | undefined;
	hasVariable(name: string): boolean;
}

/** undefined when the object has no BTF, as it is when the C defines nothing at all. */
export function readObject(bytes: Uint8Array): CObject | undefined {
	const elf = readElf(bytes);
	const section = elf && sectionBytes(elf, ".BTF");
	const opened = section && openBtf(section);
	if (!elf || !opened?.ok) return undefined;
	const types = btfSource(opened.btf, { origin: "script" });
	const symbols = new Map<string, number>();
	for (const symbol of elfSymbols(elf, "symbols", [symbolType.object])) {
		symbols.set(symbol.name, symbol.value);
	}
	const index = indexBtf(opened.btf);
	return {
		types,
		declaredOnly: [...index.names([btfKind.forward])],
		value(n) {
			const name = valueName(n);
			const at = symbols.get(name);
			const type = types.variable(name);
			if (at === undefined || type === undefined) return undefined;
			return readValue(elf, type, at);
		},
		hasVariable: (name) => symbols.has(name),
	};
}

function readValue(elf: ElfFile, type: Type, at: number): CValue | undefined {
	const bytes = sectionBytes(elf, valueSection)?.subarray(
		at,
		at + sizeOf(type),
	);
	if (bytes === undefined) return undefined;
	if (type.kind === "array" && type.of.kind === "int" && type.of.char) {
		const text = Buffer.from(bytes.subarray(0, -1)).toString("utf8");
		return { kind: "string", value: text };
	}
	if (type.kind !== "int" && type.kind !== "bool" && type.kind !== "enum")
		return undefined;
	const signed = type.kind !== "bool" && type.signed;
	return { kind: "integer", value: readInteger(bytes, signed), type };
}

function readInteger(bytes: Uint8Array, signed: boolean): bigint {
	let value = 0n;
	bytes.forEach((byte, i) => {
		value |= BigInt(byte) << BigInt(8 * i);
	});
	return signed ? BigInt.asIntN(8 * bytes.length, value) : value;
}
