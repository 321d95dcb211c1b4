// C++ and Rust names of symbols as people write them, by the C++ run-time library, where the machine has one.
import type { Ffi } from "../ffi/ffi.ts";

const libraries = ["libstdc++.so.6", "libc++abi.so.1"] as const;
const table = {
	demangle: {
		symbol: "__cxa_demangle",
		result: "pointer",
		params: ["string", "pointer", "pointer", "pointer"],
	},
	free: { result: "void", params: ["pointer"] },
} as const;

/** `_ZN3app3runEi` → `app::run(int)`. Names that are not mangled, or not understood, stay as they are. */
export type Demangle = (symbol: string) => string;

/** The library is loaded for the first mangled name only. */
export function makeDemangle(ffi: () => Ffi): Demangle {
	let demangle: Demangle | undefined;
	return (symbol) => {
		if (!symbol.startsWith("_Z")) return symbol;
		demangle ??= load(ffi());
		return demangle(symbol);
	};
}

function load(ffi: Ffi): Demangle {
	const library = ffi.load(libraries, table);
	if (library === undefined) return (symbol) => symbol;
	return (symbol) => {
		const text = library.call.demangle(symbol, null, null, null);
		if (text === null) return symbol;
		const name = ffi.readString(text);
		library.call.free(text);
		return name;
	};
}
