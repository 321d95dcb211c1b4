// What a map is made of, what it costs and what happens when it is full: facts of the kernel's, in words.
// Sizes as kernel/bpf/hashtab.c, arraymap.c, ringbuf.c and stackmap.c allocate them on 64-bit machines.
import type { BpfMapType, MapPlan } from "../plan.ts";

/** What a kind of map is. */
export const mapKinds: Readonly<Record<BpfMapType, string>> = {
	hash: "a hash table that all CPUs share",
	percpu_hash:
		"a hash table in which each key has a value for every CPU, so that none waits for another",
	lru_hash:
		"a hash table that all CPUs share, which makes room by itself for what is new",
	lru_percpu_hash:
		"a hash table with a value for every CPU under each key, which makes room by itself for what is new",
	array:
		"an array that all CPUs share, whose cells are all there from the start",
	percpu_array:
		"an array whose cells each have a value for every CPU, all there from the start",
	stack_trace:
		"a table of call stacks: each stands at the place that its hash gives it, and is named by that place",
	ringbuf:
		"a ring buffer that all CPUs write into in turn, and that user space reads from its own memory",
	prog_array: "an array of programs to jump to",
	array_of_maps: "an array of maps, each of which is made when it is needed",
	hash_of_maps: "a hash table of maps, each of which is made when it is needed",
	perf_event_array: "a buffer for each CPU that user space reads from",
};

/** What the maps are for that serve kask itself. */
export const roleWords: Readonly<
	Record<Exclude<MapPlan["role"], "script">, string>
> = {
	ring: "carries what is printed, and all else that user space has to do, out of the kernel",
	packets: "carries packets, each behind an event, out of the kernel",
	stacks: "keeps the call stacks; maps and events hold only their numbers",
	searches:
		"notes for when a map of threads is full: how many places were freed, and whether to try again",
	scratch: "room for values that are too large for the BPF stack of 512 bytes",
	counters:
		"counts what was lost, by reason; it is told, so that nothing is lost in silence",
	unwind:
		"tells how the call stacks of processes are unwound; kask fills it from their programs and libraries",
	facts:
		"what only kask knows and programs ask for: when the run began, whether it has ended",
};

export function whenFull({ type, role, maxEntries, script }: MapPlan): string {
	if (type === "hash" && script?.scalar)
		return "never: it has room for its one value";
	if (type === "hash" && role === "stacks")
		return "a new stack that belongs here is lost, which is counted and told at the end (W0702)";
	if (script?.keepsPlaces)
		return "places that have stood empty for long are freed for new keys; where there are none, a new key is not stored, which is counted and told at the end (W0701)";
	switch (type) {
		case "hash":
		case "percpu_hash":
			return "a new key is not stored, which is counted and told at the end (W0701); the keys that are there go on";
		case "lru_hash":
		case "lru_percpu_hash":
			return "keys that have not been used for long are thrown out, without a word, to make room for new ones; which ones is decided approximately";
		case "stack_trace":
			return "it is never full as such: a stack whose place another one has taken goes into a map of its own";
		case "perf_event_array":
			return "the packet is lost, which is counted and told; no program waits";
		case "array_of_maps":
		case "hash_of_maps":
			return "what more there is can't be looked up: stacks end there";
		case "ringbuf":
			return "the event is lost, which is counted and told; no program waits";
		case "array":
		case "percpu_array":
		case "prog_array":
			return role === "script" && maxEntries > 1
				? `never: all ${maxEntries} cells are there from the start, and there are no others`
				: "never: its cells are there from the start";
	}
}

const POINTER = 8;
/** `struct htab_elem`, before the key. */
const HASH_ELEMENT = 48;
/** `struct bucket`. */
const HASH_BUCKET = 16;
/** `struct stack_map_bucket`, before the addresses. */
const STACK_BUCKET = 24;

/**
 * Bytes that the kernel takes when the map is made; all of kask's maps have their elements from the start, so that it
 * is the same when they are full.
 */
export function mapBytes(map: MapPlan, cpus: number, page: number): number {
	const { type, maxEntries, keySize, valueSize } = map;
	const key = roundUp(keySize, 8);
	const value = roundUp(valueSize, 8);
	switch (type) {
		case "hash":
		case "hash_of_maps":
		case "lru_hash":
		case "percpu_hash":
		case "lru_percpu_hash": {
			const isPerCpu = type === "percpu_hash" || type === "lru_percpu_hash";
			// One more for each CPU, so that an element can be replaced when all are in use.
			const spare = type === "hash" ? cpus : 0;
			const element = isPerCpu ? POINTER + value * cpus : value;
			return (
				powerOfTwo(maxEntries) * HASH_BUCKET +
				(maxEntries + spare) * (HASH_ELEMENT + key + element)
			);
		}
		case "array":
			return maxEntries * value;
		case "percpu_array":
			return maxEntries * (POINTER + value * cpus);
		case "prog_array":
		case "array_of_maps":
			return maxEntries * POINTER;
		case "perf_event_array":
			return cpus * POINTER;
		case "stack_trace":
			return (
				powerOfTwo(maxEntries) * POINTER + maxEntries * (STACK_BUCKET + value)
			);
		case "ringbuf":
			// A page each for what both sides have got to, and one or two for the map itself.
			return maxEntries + 3 * page;
	}
}

function roundUp(n: number, to: number): number {
	return Math.ceil(n / to) * to;
}

function powerOfTwo(n: number): number {
	return 2 ** Math.ceil(Math.log2(Math.max(1, n)));
}
