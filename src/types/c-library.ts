// What a compiled C library (a BPF object) offers to scripts: its functions, by the BTF that clang put into it.
import { openBtf } from "./btf-data.ts";
import { externDeclaration } from "./btf-prototype.ts";
import { btfSource } from "./btf-reader.ts";
import { type ElfFile, readElf, sectionBytes } from "./elf-sections.ts";
import { elfSymbols, symbolType } from "./elf-symbols.ts";
import { prefixSymbols } from "./rename-symbols.ts";
import { isScalar } from "./scalar.ts";
import type { FunctionSignature, TypeSource } from "./type-source.ts";
import type { StructType, Type } from "./types.ts";

/** A function of a library, as C declares it. */
export interface LibraryFunction {
	/** Its name is that in the object, with the prefix. */
	readonly signature: FunctionSignature;
	/** Lines of C that declare it, and what it needs declared. */
	readonly declaration: readonly string[];
	/** True for structs that the library has from the kernel: there they may be but in part. */
	isKernels(type: StructType): boolean;
}

/** A library as clang made it. */
export interface CompiledLibrary {
	/** Absolute path of the file it came from. */
	readonly path: string;
	/** ELF bytes. */
	readonly object: Uint8Array;
	/** The vmlinux.h that it was given; empty where it has included none. */
	readonly kernelHeader: string;
}

export interface CLibrary {
	readonly path: string;
	/** ELF bytes, with prefixed names. */
	readonly object: Uint8Array;
	/** By the names that scripts call them by. */
	readonly functions: ReadonlyMap<string, LibraryFunction>;
	readonly types: TypeSource;
}

/** Before the names of all that libraries define, in objects. */
export const libraryPrefix = "library_";

/** Names of what it defines for others: functions, variables, maps; undefined for what is no BPF object. */
export function namesOffered(object: Uint8Array): Set<string> | undefined {
	const elf = readElf(object);
	return elf?.machine === BPF ? new Set(offered(elf)) : undefined;
}

/** `names`: those offered by any of the script's libraries, as one may call another. undefined for what tells no types. */
export function readCLibrary(
	{ path, object: compiled, kernelHeader }: CompiledLibrary,
	names: ReadonlySet<string>,
): CLibrary | undefined {
	const object = prefixSymbols(compiled, names, libraryPrefix);
	const elf = readElf(object);
	const section = elf && sectionBytes(elf, ".BTF");
	const opened = section && openBtf(section);
	if (!opened?.ok) return undefined;
	const { btf } = opened;
	const types = btfSource(btf, { origin: "script" });
	const functions = new Map<string, LibraryFunction>();
	const isKernels = ({ kind, name }: StructType) =>
		kernelHeader.includes(`\n${kind} ${name} {`);
	for (const name of namesOffered(compiled) ?? []) {
		const signature = types.func(libraryPrefix + name);
		const id = types.typeId("func", libraryPrefix + name);
		if (signature && id !== undefined && inRegister(signature.returns)) {
			const declaration = externDeclaration(btf, id);
			functions.set(name, { signature, declaration, isKernels });
		}
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
/** What the kernel or libbpf looks for by name. */
const special: ReadonlySet<string> = new Set(["license", "version"]);

function* offered(elf: ElfFile): Iterable<string> {
	const types = [symbolType.function, symbolType.object];
	for (const symbol of elfSymbols(elf, "symbols", types)) {
		const { binding, section, type, name } = symbol;
		const place = section === 0 ? undefined : elf.sections[section]?.name;
		if (binding === LOCAL || place === undefined || special.has(place))
			continue;
		// Functions in sections of their own are programs.
		if (type === symbolType.object || place === ".text") yield name;
	}
}
