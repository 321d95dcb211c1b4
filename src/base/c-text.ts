// The only ways in which script text may become C: a number, a checked identifier, or an escaped literal.

/** A name that is safe as a C identifier. Throws (a bug of ours) on anything else, so that nothing is ever pasted. */
export function cIdentifier(name: string): string {
	if (!/^[A-Za-z_][A-Za-z0-9_]*$/.test(name))
		throw new Error(`E0900: not a C identifier: ${JSON.stringify(name)}`);
	return name;
}

/** A C string literal of the UTF-8 bytes of `text`. Octal escapes of fixed width cannot swallow what follows. */
export function cString(text: string): string {
	return cBytes(new TextEncoder().encode(text));
}

/** A C string literal of raw bytes. */
export function cBytes(bytes: Uint8Array): string {
	let out = '"';
	for (const byte of bytes) {
		const plain =
			byte >= 0x20 &&
			byte < 0x7f &&
			byte !== 0x22 &&
			byte !== 0x5c &&
			byte !== 0x3f;
		out += plain
			? String.fromCharCode(byte)
			: `\\${byte.toString(8).padStart(3, "0")}`;
	}
	return `${out}"`;
}

/** A 64-bit integer literal. The least signed value has no literal of its own in C. */
export function cInteger(value: bigint, signed = true): string {
	if (!signed || value > 0x7fffffffffffffffn)
		return `${BigInt.asUintN(64, value)}ULL`;
	if (value === -0x8000000000000000n) return "(-9223372036854775807LL - 1)";
	return value < 0n ? `(${value}LL)` : `${value}LL`;
}
