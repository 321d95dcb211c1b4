// What is collected for the whole script while its programs are written: maps, events, losses, struct slices,
// templates, helper functions. In the end all of it becomes the C text and the Plan.

import { cIdentifier } from "../base/c-text.ts";
import type { AuxiliaryMap, MapFacts } from "../builtins/definition.ts";
import type { CounterPlan, EventPlan } from "../plan.ts";
import type { TypedFunction, TypedMap, TypedScript } from "../semantic/ir.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { Type } from "../types/types.ts";
import { mapsThatKeepPlaces } from "./kept-places.ts";
import type { Printer, Region } from "./region.ts";
import { StructSlices } from "./slices.ts";

/** A struct of ours: an event, or a map's key. */
export interface StructText {
	readonly name: string;
	/** C declarations of the fields, without semicolons. */
	readonly fields: readonly string[];
}

/** A C function, ready to be printed. */
export interface FunctionText {
	readonly heading: readonly string[];
	readonly body: Region;
}

export type LossReason = CounterPlan["reason"];
export type LossPlace = Pick<CounterPlan, "map" | "place" | "helper">;

export class ScriptWriter {
	readonly script: TypedScript;
	readonly types: TypeSource;
	readonly slices: StructSlices;
	readonly templates = new Set<string>();
	readonly auxiliary = new Map<string, AuxiliaryMap>();
	readonly events: EventPlan[] = [];
	readonly losses: CounterPlan[] = [];
	readonly structs: StructText[] = [];
	/** Callbacks and subprograms, in the order in which C needs them. */
	readonly functions: FunctionText[] = [];
	/** Bytes of each program's scratch map, by the map's C name. */
	readonly scratch = new Map<string, number>();
	readonly #mapByName: ReadonlyMap<string, TypedMap>;
	readonly #functionBySymbol: ReadonlyMap<string, TypedFunction>;
	/** Functions of the script that some program calls, and those of them that use the program's context. */
	readonly writtenFunctions = new Set<string>();
	readonly contextFunctions = new Set<string>();
	readonly kernelSymbols = new Set<string>();
	/** Functions of C libraries that are called. */
	readonly libraryDeclarations = new Set<string>();
	/** C types of kernel variables by name. */
	readonly kernelVariables = new Map<string, string>();
	/** Field names of keys, by their struct. */
	readonly keyStructs = new Map<string, readonly string[]>();
	/** Events come from places that may be passed at any rate. */
	printsMuch = false;
	/** C names of maps whose deleted elements stay, empty. */
	readonly keepingPlaces: ReadonlySet<string>;
	#loops = 0;

	/** Bytes of each program's stack that are left to clang. */
	readonly stackTaken: number;

	constructor(script: TypedScript, types: TypeSource, stackTaken: number) {
		this.stackTaken = stackTaken;
		this.script = script;
		this.types = types;
		this.keepingPlaces = mapsThatKeepPlaces(script);
		this.slices = new StructSlices(types);
		this.#mapByName = new Map(script.maps.map((m) => [m.name, m]));
		this.#functionBySymbol = new Map(
			script.functions.map((f) => [f.symbol, f]),
		);
	}

	map(facts: MapFacts): TypedMap {
		const map = this.#mapByName.get(facts.name);
		if (!map) throw new Error(`E0924: no map @${facts.name}`);
		return map;
	}

	function(symbol: string): TypedFunction {
		const found = this.#functionBySymbol.get(symbol);
		if (!found) throw new Error(`E0924: no function ${symbol}`);
		return found;
	}

	/** The number of a kind of loss. */
	loss(reason: LossReason, where: LossPlace = {}): number {
		this.templates.add("losses");
		const counter = { reason, ...where };
		const known = this.losses.findIndex(
			(l) => JSON.stringify(l) === JSON.stringify(counter),
		);
		if (known >= 0) return known;
		this.losses.push(counter);
		const number = this.losses.length - 1;
		if (where.helper !== undefined) this.losses.push({ reason: "return-code" });
		return number;
	}

	addEvent(event: EventPlan): number {
		this.templates.add("ring");
		this.events.push(event);
		return this.events.length - 1;
	}

	/** A call of the function that gives a kernel symbol's address. The symbol's own name would be hidden by locals. */
	kernelAddress(symbol: string): string {
		this.kernelSymbols.add(cIdentifier(symbol));
		return `address_of_${symbol}()`;
	}

	/** As `kernelAddress`; the type must be of the kind that BTF gives it. */
	kernelVariable(name: string, type: Type): string {
		const struct = type.kind === "struct" || type.kind === "union";
		const cType = struct ? this.slices.use(type) : "u64";
		this.kernelVariables.set(cIdentifier(name), cType);
		return `variable_${name}()`;
	}

	nextLoop(): number {
		this.#loops++;
		return this.#loops;
	}
}

export function printFunction(printer: Printer, text: FunctionText): void {
	const [last = ""] = text.heading.slice(-1);
	for (const line of text.heading.slice(0, -1))
		printer.line(0, line, text.body.origin);
	printer.line(0, last, text.body.origin);
	printer.line(0, "{", text.body.origin);
	printer.region(text.body, 1);
	printer.line(0, "}", text.body.origin);
}
