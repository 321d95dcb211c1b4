// Readable names of C++ and Rust functions. C++ is left to the C++ library that Node itself is linked with.
import type { Ffi } from "../ffi.ts";

/** Gives back what it can't make out. */
export type Demangle = (name: string) => string;

const cxxTable = {
	__cxa_demangle: {
		result: "pointer",
		params: ["string", "pointer", "pointer", "pointer"],
	},
} as const;
const libcTable = { free: { result: "void", params: ["pointer"] } } as const;

/** Names longer than this are not worth the risk: nested names can grow exponentially when written out. */
const LONGEST_NAME = 4096;

/** C++ names stay as they are where there is no C++ library. */
export function openDemangler(ffi: Ffi): Demangle {
	let cxx: Demangle | undefined;
	return (name) => {
		if (!name.startsWith("_Z") || name.length > LONGEST_NAME) return name;
		cxx ??= openCxx(ffi);
		const rust = demangleRust(name);
		return rust ?? cxx(name);
	};
}

function openCxx(ffi: Ffi): Demangle {
	const library = ffi.load(["libstdc++.so.6", "libc++abi.so.1"], cxxTable);
	const libc = ffi.load(["libc.so.6", "libc.so"], libcTable);
	if (!library || !libc) return (name) => name;
	return (name) => {
		const text = library.call.__cxa_demangle(name, null, null, null);
		if (text === null) return name;
		const readable = ffi.readString(text);
		libc.call.free(text);
		return readable;
	};
}

const rustEscapes: Readonly<Record<string, string>> = {
	SP: "@",
	BP: "*",
	RF: "&",
	LT: "<",
	GT: ">",
	LP: "(",
	RP: ")",
	C: ",",
};

/**
 * Rust's older scheme borrows the form of C++ (`_ZN` LENGTH NAME … `E`) and ends in a hash, by which it is told apart.
 * undefined for anything else.
 */
export function demangleRust(name: string): string | undefined {
	if (!name.startsWith("_ZN")) return undefined;
	const parts: string[] = [];
	let at = 3;
	while (at < name.length && name[at] !== "E") {
		const digits = /^\d+/.exec(name.slice(at, at + 6))?.[0];
		if (digits === undefined) return undefined;
		at += digits.length;
		parts.push(name.slice(at, at + Number(digits)));
		at += Number(digits);
	}
	if (!/^h[0-9a-f]{16}$/.test(parts.pop() ?? "")) return undefined;
	return parts.map(unescapeRust).join("::");
}

function unescapeRust(part: string): string {
	return part
		.replace(/^_\$/, "$")
		.replace(/\$(\w+)\$/g, (whole, code: string) => {
			const hex = /^u([0-9a-f]{1,6})$/.exec(code)?.[1];
			if (hex !== undefined) return fromCodePoint(Number.parseInt(hex, 16));
			return rustEscapes[code] ?? whole;
		})
		.replaceAll("..", "::");
}

function fromCodePoint(code: number): string {
	return code <= 0x10ffff ? String.fromCodePoint(code) : "?";
}
