// Questions to the world outside, as a recording keeps them: a name, and its arguments as text.

/** Arguments as JSON; integers of 64 bits as text of their digits. */
export function spellArguments(args: readonly unknown[]): string {
	return JSON.stringify(args, (_key, value) =>
		typeof value === "bigint" ? String(value) : value,
	);
}

/** Questions whose answers come one after the other; to any other the newest answer holds. */
export const inTurn: ReadonlySet<string> = new Set([
	"now",
	"readFile",
	"shell",
]);
