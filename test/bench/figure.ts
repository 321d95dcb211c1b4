// What a figure of the bench is.
import type { Tracer } from "./tools.ts";

export interface Context {
	readonly tracers: readonly Tracer[];
	readonly launch: string;
	readonly floor: string;
	/** Runs of each contender, alternating. */
	readonly runs: number;
	/** How much larger than usual: 1, or the sizes of the long form. */
	readonly size: number;
}

export interface Row {
	readonly what: string;
	readonly unit: string;
	/** Medians by contender: the tracers' names, and what they are compared with. */
	readonly values: Readonly<Record<string, number>>;
}

export interface Figure {
	readonly id: string;
	readonly title: string;
	/** Sizes that its long form goes through. */
	readonly sizes: readonly number[];
	readonly measure: (context: Context) => Promise<readonly Row[]>;
}
