// Rust's function names as people write them.

const escapes: Readonly<Record<string, string>> = {
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
 * `_ZN4core3fmt5write17h0123456789abcdefE` → `core::fmt::write`. This older scheme of Rust borrows the form of C++
 * (length and name, again and again) and ends in a hash, by which it is told apart. undefined for anything else.
 */
export function demangleRust(symbol: string): string | undefined {
	if (!symbol.startsWith("_ZN")) return undefined;
	const parts: string[] = [];
	let at = 3;
	while (at < symbol.length && symbol[at] !== "E") {
		const digits = /^\d+/.exec(symbol.slice(at, at + 6))?.[0];
		if (digits === undefined) return undefined;
		at += digits.length;
		parts.push(symbol.slice(at, at + Number(digits)));
		at += Number(digits);
	}
	if (!/^h[0-9a-f]{16}$/.test(parts.pop() ?? "")) return undefined;
	return parts.map(readEscapes).join("::");
}

function readEscapes(part: string): string {
	return part
		.replace(/^_\$/, "$")
		.replace(/\$(\w+)\$/g, (whole, code: string) => {
			const hex = /^u([0-9a-f]{1,5})$/.exec(code)?.[1];
			if (hex !== undefined)
				return String.fromCodePoint(Number.parseInt(hex, 16));
			return escapes[code] ?? whole;
		})
		.replaceAll("..", "::");
}
