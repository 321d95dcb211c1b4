// What a run printed with `-f json`, ready to be asked: its maps, its lines, its choices of probes.

export type Json =
	| string
	| number
	| boolean
	| null
	| readonly Json[]
	| { readonly [name: string]: Json };

/** A map at one time that it was printed. */
export interface Printed {
	/** With its @. */
	readonly map: string;
	/** By key as JSON shows it; a map without keys has the key "". */
	readonly values: ReadonlyMap<string, Json>;
}

export interface RunRecords {
	readonly maps: readonly Printed[];
	/** Lines of printf and its like. */
	readonly lines: readonly string[];
	/** Probes that were chosen among alternatives. */
	readonly choices: readonly string[];
	/** Whether the script was compiled, loaded and attached. */
	readonly attached: boolean;
}

export function readRecords(output: string): RunRecords {
	const records = output.split("\n").flatMap(parseRecord);
	const text = records
		.filter(({ type }) => type === "printf" || type === "time")
		.map(({ data }) => String(data))
		.join("");
	return {
		maps: records.flatMap(readMap),
		lines: text.split("\n").filter((line) => line !== ""),
		choices: records
			.filter(({ type }) => type === "probe_choice")
			.map(({ data }) => (isObject(data) ? String(data.probe) : "")),
		attached: records.some(({ type }) => type === "attached_probes"),
	};
}

interface Record {
	readonly type: Json;
	readonly data: Json;
}

/** Whatever else stands there (a line that was cut off) is no record. */
function parseRecord(line: string): readonly Record[] {
	try {
		const value: Json = JSON.parse(line);
		if (!isObject(value) || value.type === undefined) return [];
		return [{ type: value.type, data: value.data ?? null }];
	} catch {
		return [];
	}
}

const mapTypes: readonly Json[] = ["map", "hist", "stats", "tseries"];

function readMap({ type, data }: Record): readonly Printed[] {
	if (!mapTypes.includes(type) || !isObject(data)) return [];
	return Object.entries(data).map(([map, content]) => ({
		map,
		values: isKeyed(content)
			? new Map(Object.entries(content))
			: new Map([["", content]]),
	}));
}

/** A single stats() is an object too, with members of its own. */
function isKeyed(content: Json): content is { readonly [key: string]: Json } {
	if (!isObject(content)) return false;
	const names = Object.keys(content).sort().join(" ");
	return names !== "average count total";
}

export function isObject(
	value: Json | undefined,
): value is { readonly [name: string]: Json } {
	return typeof value === "object" && value !== null && !Array.isArray(value);
}
