// Maps by thread whose elements come and go: `@start[tid] = nsecs`, later `delete(@start, tid)`. Taking an element out of
// the table and putting it in again is some 40 % of what such a script costs, and the same threads come back, so
// their elements stay: a deleted one is zero, reads as one that is not there, and is printed no more.
import type {
	IrExpr,
	IrStatement,
	TypedMap,
	TypedScript,
} from "../semantic/ir.ts";
import { sizeOf } from "../types/layout.ts";
import { isScalar } from "../types/scalar.ts";
import { wideType } from "./c-types.ts";
import { walk } from "./effects.ts";
import { bare, emitScalar } from "./expressions/scalars.ts";
import type { FunctionWriter } from "./function-writer.ts";
import { emitMapKey } from "./map-keys.ts";
import { lookUpAt } from "./map-reads.ts";
import { Region } from "./region.ts";

/** Bytes of an element: the value, and whether it is there. */
export const KEPT_BYTES = 16;
/** Threads that are between calls take places, too, so there are twice as many as keys may be there at once. */
export const PLACES_PER_KEY = 2;
/** `struct search`. */
const SEARCH_BYTES = 16;
/** Searching a larger map for empty places takes too long for a program that holds up what it traces. */
const MOST_KEYS = 16384;

type Use = "set" | "deleted" | "harmless" | "hindering";

/** The C names of a script's maps whose elements keep their places. */
export function mapsThatKeepPlaces(script: TypedScript): ReadonlySet<string> {
	const fit = script.maps.filter((map) => fits(script, map));
	if (fit.length === 0) return new Set();
	const uses = new Map(fit.map((m) => [m.name, new Set<Use>()]));
	walk([script.programs, script.functions], (node) => {
		for (const [name, use] of usesIn(node)) uses.get(name)?.add(use);
		return true;
	});
	const keeping = fit.filter((map) => {
		const found = uses.get(map.name);
		return found?.has("deleted") && found.has("set") && !found.has("hindering");
	});
	return new Set(keeping.map((map) => map.symbol));
}

function fits({ machine, helperErrors }: TypedScript, map: TypedMap): boolean {
	return (
		!helperErrors &&
		map.bpfType === "hash" &&
		!map.isDeclared &&
		map.key !== undefined &&
		map.maxEntries <= MOST_KEYS &&
		map.value.kind !== "aggregate" &&
		isScalar(map.value) &&
		sizeOf(map.value) === 8 &&
		machine.has("for_each_map_elem")
	);
}

type Node = IrExpr | IrStatement;

/** What a node itself, without the nodes in it, does with maps. */
function usesIn(node: Node): readonly (readonly [map: string, use: Use])[] {
	switch (node.kind) {
		case "set-map":
			return [[node.map.name, setting(node)]];
		case "map-read":
			return [[node.target.name, byThread(node.key)]];
		case "aggregate":
		case "for-map":
			return [[node.map.name, "hindering"]];
		case "update":
			return node.target.kind === "map"
				? [[node.target.map.name, "hindering"]]
				: [];
		case "address-of":
			return mapsReadBy(node.operand).map((name) => [name, "hindering"]);
		case "call":
			return node.args.flatMap((arg, i) =>
				arg.kind === "map-reference"
					? [[arg.map.name, ofCall(node, arg.keys, node.args[i + 1])] as const]
					: [],
			);
		default:
			return [];
	}
}

function byThread(key: IrExpr | undefined, use: Use = "harmless"): Use {
	return key !== undefined && namesThread(key) ? use : "hindering";
}

/** A new value that depends on the old one is counted on, which other ways do better. */
function setting(s: Extract<IrStatement, { kind: "set-map" }>): Use {
	const own = mapsReadBy(s.value).includes(s.map.name);
	return own ? "hindering" : byThread(s.key, "set");
}

type Call = Extract<IrExpr, { kind: "call" }>;

/** `keys` are written with the map, `next` is the argument behind it. */
function ofCall(
	{ builtin }: Call,
	keys: IrExpr | undefined,
	next: IrExpr | undefined,
): Use {
	if (builtin.onMap === "deletes") return byThread(keys ?? next, "deleted");
	if (builtin.onMap === "asks") return byThread(keys ?? next);
	const whole = builtin.onMap === "takes-whole" && keys === undefined;
	return whole ? "harmless" : "hindering";
}

function mapsReadBy(node: unknown): readonly string[] {
	const names: string[] = [];
	walk(node, (n) => {
		if (n.kind === "map-read") names.push(n.target.name);
		return true;
	});
	return names;
}

/** `args.next_pid`, `$tid`: named so everywhere in the kernel. */
const threadName = /(^|_)(pid|tid|tgid)$/;

/** A key of which there are about as many as threads: they come back, unlike addresses, sectors and times. */
function namesThread(key: IrExpr): boolean {
	switch (key.kind) {
		case "call":
			return key.builtin.namesThread === true;
		case "convert":
			return namesThread(key.operand);
		case "variable":
			return threadName.test(key.slot.symbol);
		case "place": {
			const last = key.steps.at(-1);
			return last?.kind === "member" && threadName.test(last.name);
		}
		case "tuple":
			return key.elements.every(
				(e) => e.constant !== undefined || namesThread(e),
			);
		default:
			return false;
	}
}

export function keepsPlaces(w: FunctionWriter, map: TypedMap): boolean {
	return w.script.keepingPlaces.has(map.symbol);
}

/** C text: whether the element that `cell` points to, or NULL, is there. */
export function isTaken(cell: string): string {
	return `(${cell} && ${cell}[1] == PLACE_TAKEN)`;
}

/** Sets an element whose place may be there. */
export function setInPlace(
	w: FunctionWriter,
	s: Extract<IrStatement, { kind: "set-map" }>,
): void {
	w.include("kept-places");
	const { map } = s;
	const keyText = emitMapKey(w, map, s.key);
	const value = w.local("u64", bare(emitScalar(w, s.value)), "value");
	const cell = lookUpAt(w, map, keyText);
	const found = w.region({ head: `if (${cell})` });
	w.within(found, () => {
		w.line(`${cell}[0] = ${value};`);
		w.line(`${cell}[1] = PLACE_TAKEN;`);
	});
	found.otherwise = w.aside(() => {
		const element = `(u64[]){ ${value}, PLACE_TAKEN }`;
		w.line(`if (${placeTaker(w, map)}(${keyText}, ${element}))`);
		w.line(`\tcount_loss(${w.script.loss("map-full", { map: map.name })});`);
	}).region;
}

/** The name of the map's own function that finds room for a new key. */
function placeTaker(w: FunctionWriter, { symbol }: TypedMap): string {
	const name = `take_place_in_${symbol}`;
	const searches = `searches_${symbol}`;
	if (w.script.auxiliary.has(searches)) return name;
	w.auxiliaryMap({
		symbol: searches,
		role: "searches",
		type: "percpu_array",
		keySize: 4,
		valueSize: SEARCH_BYTES,
		maxEntries: 1,
	});
	const body = new Region(undefined, w.origin);
	const call = `take_place(&${symbol}, &${searches}, key, element)`;
	body.line(`return ${call};`, w.origin);
	const heading = `static __noinline int ${name}(const void *key, const u64 *element)`;
	w.script.functions.push({ heading: [heading], body });
	return name;
}

/** C text: whether the key is there. What is read of it next needs no other look-up. */
export function hasPlace(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
): string {
	w.include("kept-places");
	const keyText = emitMapKey(w, map, key);
	const known = w.known.read(map.symbol, keyText);
	if (known) return isTaken(known.cell);
	const cell = lookUpAt(w, map, keyText);
	const value = w.local(wideType(map.value), `${cell} ? *${cell} : 0`, "value");
	if (w.current === w.root)
		w.known.rememberRead(map.symbol, keyText, { value, cell });
	return isTaken(cell);
}

/** The value of `delete()`: whether the key was there. */
export function deleteInPlace(
	w: FunctionWriter,
	map: TypedMap,
	key: IrExpr | undefined,
	used: boolean,
): string {
	w.include("kept-places");
	const keyText = emitMapKey(w, map, key);
	const cell =
		w.known.read(map.symbol, keyText)?.cell ?? lookUpAt(w, map, keyText);
	w.known.forgetReads(map.symbol);
	const deleted = used ? w.local("u64", isTaken(cell), "deleted") : "1";
	w.block(`if (${cell})`, () => {
		w.line(`${cell}[0] = 0;`);
		w.line(`${cell}[1] = PLACE_EMPTY;`);
	});
	return deleted;
}
