// Numbers that the system's headers have names for, so that an option takes `ENOENT` as well as 2.
import { constants as files } from "node:fs";
import { constants as system } from "node:os";

const errorsAndSignals: ReadonlyMap<string, number> = new Map([
	...Object.entries(system.errno),
	...Object.entries(system.signals),
]);

/** What open(2) takes: bits, which may be joined. */
const openFlags: ReadonlyMap<string, number> = new Map(
	Object.entries(files).filter(([name]) => name.startsWith("O_")),
);

export const numberNames: readonly string[] = [
	...errorsAndSignals.keys(),
	...openFlags.keys(),
];

/** `ENOENT`, `SIGKILL`, `O_WRONLY|O_CREAT` or `O_WRONLY,O_CREAT`, as they are on this machine; undefined for other words. */
export function readNamedNumber(text: string): bigint | undefined {
	const single = errorsAndSignals.get(text);
	if (single !== undefined) return BigInt(single);
	let bits = 0;
	for (const name of text.split(/[|,]/)) {
		const bit = openFlags.get(name);
		if (bit === undefined) return undefined;
		bits |= bit;
	}
	return BigInt(bits);
}
