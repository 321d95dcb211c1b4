// What a compiled C library (a BPF object) offers to scripts: its functions, by the BTF that clang put into it.
import { openBtf } from "./btf-data.ts";
import { externDeclaration } from "./btf-prototype.ts";
import { btfSource } from "./btf-reader.ts";
import { type ElfFile, readElf, sectionBytes } from "./elf-sections.ts";
import { elfSymbols, symbolType } from "./elf-symbols.ts";
import { prefixFunctions } from "./rename-functions.ts";
import { isScalar } from "./scalar.ts";
import type { FunctionSignature, TypeSource } from "./type-source.ts";
import type { Type } from "./types.ts";

/** A function of a library, as C declares it. */
export interface LibraryFunction {
	/** Its name is that in the object, with the prefix. */
	readonly signature: FunctionSignature;
	/** Lines of C that declare it, and what it needs declared. */
	readonly declaration: readonly string[];
}

export interface CLibrary {
	/** Absolute path of the file it came from. */
	readonly path: string;
	/** ELF bytes. */
	readonly object: Uint8Array;
	/** By the names that scripts call them by. */
	readonly functions: ReadonlyMap<string, LibraryFunction>;
	readonly types: TypeSource;
}

/** Before the names of functions in objects. */
export const functionPrefix = "library_";

/** undefined for what is no BPF object with BTF. */
export function readCLibrary(
	path: string,
	compiled: Uint8Array,
): CLibrary | undefined {
	const elf = readElf(compiled);
	if (elf?.machine !== BPF) return undefined;
	const names = new Set(offered(elf));
	const object = prefixFunctions(compiled, names, functionPrefix);
	const prefixed = readElf(object);
	const section = prefixed && sectionBytes(prefixed, ".BTF");
	const opened = section && openBtf(section);
	if (!opened?.ok) return undefined;
	const { btf } = opened;
	const types = btfSource(btf, { origin: "script" });
	const functions = new Map<string, LibraryFunction>();
	for (const name of names) {
		const signature = types.func(functionPrefix + name);
		const id = types.typeId("func", functionPrefix + name);
		if (signature && id !== undefined && inRegister(signature.returns))
			functions.set(name, {
				signature,
				declaration: externDeclaration(btf, id),
			});
	}
	return { path, object, functions, types };
}

/** clang refuses functions that give more; whoever made a `.bpf.o` may not have. */
function inRegister(type: Type): boolean {
	return type.kind === "void" || isScalar(type);
}

/** `EM_BPF` */
const BPF = 247;
/** `STB_LOCAL`: `static` in C. */
const LOCAL = 0;

/** Functions that others may call; those in sections of their own are programs. */
function* offered(elf: ElfFile): Iterable<string> {
	for (const symbol of elfSymbols(elf, "symbols", [symbolType.function])) {
		const section = elf.sections[symbol.section];
		if (symbol.binding !== LOCAL && section?.name === ".text")
			yield symbol.name;
	}
}
