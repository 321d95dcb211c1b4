// Everything the run time prints goes through a sink: as text for people, or as NDJSON records for programs.
import type { JsonTree } from "../../src/base/json-tree.ts";
import type {
	EventPlace,
	Output,
	RenderedAggregate,
} from "../../src/builtins/host.ts";
import type { ChoicePlan } from "../../src/plan.ts";

export interface HelperError {
	readonly text: string;
	/** `probe_read_user`. */
	readonly helper: string;
	/** A negative errno; 0 for a key that is in no map. */
	readonly code: number;
	/** How often it failed at that place. */
	readonly count: number;
}

export interface Sink extends Output {
	map(name: string, content: MapContent): void;
	/** A histogram's table with a heading; JSON gets the same record as from `map`. */
	mapTable(name: string, content: MapContent, heading: TableHeading): void;
	/** Rows of the script's own format; JSON gets the same record as from `map`. */
	mapRows(
		name: string,
		content: () => MapContent | undefined,
		rows: () => string,
	): void;
	attachedProbes(count: number): void;
	/** Which of several alternatives was attached. */
	choice(choice: ChoicePlan): void;
	lostEvents(count: number): void;
	/** What an expression did wrong while it ran: a record for programs; people get a diagnostic instead. */
	runtimeError(text: string, place: EventPlace): void;
	/** A helper of the kernel that failed, and what it returned: likewise a record for programs only. */
	helperError(error: HelperError, place: EventPlace): void;
	/** What `--bench` measured, and what `--test` found: in the order of the script. */
	benchmarks(results: readonly BenchmarkResult[]): void;
	tests(results: readonly TestResult[]): void;
	/** What the run cost and what it lost: a record for programs. */
	trustReport(report: JsonTree): void;
	/** After the last event, before maps are printed at exit. */
	endOfEvents(): void;
	/** After every drain. */
	flush(): void;
	/** True while the reader of the output takes no more: nothing should be drained then. */
	readonly choked: boolean;
	/** For how long it has been waited for, in all. */
	readonly waitedMs: number;
	/** Writes all there is. */
	finish(): void;
}

export interface TableHeading {
	/** `usecs` */
	readonly unit: string;
	/** What the keys are: `pid`; "" for no heading, undefined where the map's own name is to tell. */
	readonly label: string | undefined;
}

export interface BenchmarkResult {
	readonly name: string;
	/** Nanoseconds of one run. */
	readonly average: number;
	readonly runs: number;
}

export interface TestResult {
	readonly name: string;
	readonly passed: boolean;
	/** Nanoseconds. */
	readonly duration: number;
}

/** What a map holds, sorted, as it is printed. */
export type MapContent =
	| {
			readonly kind: "scalar";
			readonly unit?: string | undefined;
			readonly value: MapValue;
	  }
	| {
			readonly kind: "keyed";
			/** What the numbers count. */
			readonly unit?: string | undefined;
			readonly entries: MapEntries;
			/** Record type when there are no entries. */
			readonly jsonType: RenderedAggregate["jsonType"];
	  };

/** Made while they are gone through. */
export interface MapEntries extends Iterable<MapEntry> {
	readonly length: number;
}

export interface MapEntry {
	/** `1, bash` */
	readonly key: () => string;
	/** `1,bash` */
	readonly jsonKey: () => string;
	readonly value: MapValue;
}

export interface MapValue {
	/** Without a line end, or whole lines when `multiline`. */
	readonly text: () => string;
	readonly multiline: boolean;
	readonly summary?: RenderedAggregate["summary"];
	readonly table?: ((unit: string) => string) | undefined;
	readonly json: () => JsonTree;
	readonly jsonType: RenderedAggregate["jsonType"];
}
