// What a message means, at length: data beside the message table, for `kask help CODE`.
import type { MessageCode } from "../messages.ts";

export interface Explanation {
	/** What the message means, and why it is so. */
	readonly why: string;
	/** A script that is told so; absent where it takes a broken machine or a bug. */
	readonly wrong?: string;
	/** The same, as it should be. */
	readonly right?: string;
	/** Where it shows: when the script is checked, unless told. */
	readonly seen?: "by the kernel" | "in the shell";
}

export type Explanations = Readonly<Partial<Record<MessageCode, Explanation>>>;
