// IP addresses from text to bytes.
import { isIPv4, isIPv6 } from "node:net";

/** 4 or 16 bytes in network order; undefined where the text is no address. */
export function parseAddress(text: string): readonly number[] | undefined {
	if (isIPv4(text)) return text.split(".").map(Number);
	if (!isIPv6(text) || text.includes("%")) return undefined;
	const [head = "", tail] = text.split("::");
	const before = groupBytes(head);
	const after = groupBytes(tail ?? "");
	const zeros = new Array<number>(16 - before.length - after.length).fill(0);
	return [...before, ...zeros, ...after];
}

/** `ffff:1.2.3.4` */
function groupBytes(text: string): readonly number[] {
	return text
		.split(":")
		.filter((group) => group !== "")
		.flatMap((group) => {
			if (group.includes(".")) return group.split(".").map(Number);
			const value = Number.parseInt(group, 16);
			return [value >> 8, value & 0xff];
		});
}
