// Byte strings: strings in which every char is one byte (0 to 255). All that goes to stdout is built of them and written
// as latin1, so that bytes read from the kernel leave unchanged, invalid UTF-8 too.

/** The UTF-8 bytes of `text` as a byte string. */
export function toByteString(text: string): string {
	return isAscii(text) ? text : Buffer.from(text, "utf8").toString("latin1");
}

/** The text that the bytes spell as UTF-8; what is no UTF-8 becomes U+FFFD. */
export function fromByteString(bytes: string): string {
	return isAscii(bytes) ? bytes : Buffer.from(bytes, "latin1").toString("utf8");
}

function isAscii(text: string): boolean {
	for (let i = 0; i < text.length; i++)
		if (text.charCodeAt(i) > 0x7f) return false;
	return true;
}
