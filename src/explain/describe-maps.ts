// The maps of a Plan, each in words.
import type { MapPlan } from "../plan.ts";
import type { MapExplanation } from "./explanation.ts";
import { layoutWords } from "./layout-words.ts";
import { mapBytes, mapKinds, roleWords, whenFull } from "./map-words.ts";

export interface MapMachine {
	/** Those that the kernel makes room for, present or not. */
	readonly possibleCpus: number;
	readonly pageBytes: number;
}

export function describeMap(
	map: MapPlan,
	{ possibleCpus, pageBytes }: MapMachine,
): MapExplanation {
	const { role, script } = map;
	return {
		name: script ? `@${script.name}` : map.symbol,
		role,
		what: role === "script" ? scriptMapWords(map) : roleWords[role],
		type: `BPF_MAP_TYPE_${map.type.toUpperCase()}`,
		made: mapKinds[map.type],
		...keyWords(map),
		value: valueWords(map),
		entries: map.type === "ringbuf" ? 0 : map.maxEntries,
		bytes: mapBytes(map, possibleCpus, pageBytes),
		whenFull: whenFull(map),
	};
}

function scriptMapWords({ script }: MapPlan): string {
	if (!script) return "";
	const kept =
		script.value.kind === "aggregate" ? `${script.value.name}()` : "a value";
	const buckets = script.bucketed ? ", one element for each bucket in use" : "";
	const places = script.keepsPlaces
		? "; a deleted element keeps its place for when its thread comes back, which is much cheaper"
		: "";
	return script.scalar
		? `${kept}, without a key`
		: `${kept} by key${buckets}${places}`;
}

function keyWords({ script, keySize, type, role }: MapPlan): {
	readonly key?: string;
} {
	if (type === "ringbuf") return {};
	const bucket = script?.bucketed ? ", then the bucket's number (u32)" : "";
	const own = script?.key ? layoutWords(script.key) : undefined;
	if (own !== undefined) return { key: `${own}${bucket}: ${bytes(keySize)}` };
	if (role === "stacks" && type === "hash")
		return { key: `a hash of the stack: ${bytes(keySize)}` };
	return script?.bucketed
		? { key: `the bucket's number: ${bytes(keySize)}` }
		: { key: `the place's number: ${bytes(keySize)}` };
}

function valueWords({ script, valueSize, type, maxEntries }: MapPlan): string {
	const perCpu = /percpu/.test(type) ? ", for each CPU" : "";
	if (type === "ringbuf") return `records, ${bytes(maxEntries)} together`;
	if (!script) return `${bytes(valueSize)}${perCpu}`;
	const { value, bucketed, keepsPlaces } = script;
	const state = keepsPlaces ? ", then whether it is there" : "";
	if (value.kind === "plain")
		return `${layoutWords(value.layout)}${state}: ${bytes(valueSize)}${perCpu}`;
	return bucketed
		? `how many, and their sum: ${bytes(valueSize)}${perCpu}`
		: `the cell of ${value.name}(): ${bytes(valueSize)}${perCpu}`;
}

/** `1 byte`, `16 bytes`, `16 MiB`. */
export function bytes(n: number): string {
	if (n === 1) return "1 byte";
	if (n < 10_240) return `${n} bytes`;
	if (n < 10 * 2 ** 20) return `${Math.round(n / 1024)} KiB`;
	return `${Math.round(n / 2 ** 20)} MiB`;
}
