// Where a C function keeps things: the stack, the program's scratch map, what is computed once, variables, and what a
// callback is handed by the function around it.
import type { VariableSlot } from "../semantic/ir.ts";
import { isScalar } from "../types/scalar.ts";
import { wideType } from "./c-types.ts";
import { CodeWriter } from "./code-writer.ts";
import { KnownValues } from "./known-values.ts";
import type { Names } from "./names.ts";
import { type Origin, placeBeforeUses, type Region } from "./region.ts";
import type { Scratch, ScratchPlace } from "./scratch.ts";
import type { ScriptWriter } from "./script-writer.ts";

/** Stack and scratch memory of a program; its callbacks share them. */
export interface Frame {
	stackBytes: number;
	readonly scratch: Scratch;
	readonly names: Names;
}

/** The kernel allows 512 bytes of stack for a program and all that it calls; the rest is for clang's own needs. */
export const STACK_BUDGET = 320;

interface Once {
	readonly lines: readonly string[];
	readonly name: string;
	readonly cType: string;
	/** What its lines use. */
	readonly after: readonly string[];
}

/** A value of the enclosing function that a callback uses. */
export interface Capture {
	readonly declaration: string;
	readonly field: string;
	/** As the enclosing function says it. */
	readonly outer: string;
}

/** Where a variable is: a C local's name, or bytes of scratch memory. */
type Home =
	| { readonly kind: "local"; readonly text: string }
	| {
			readonly kind: "scratch";
			readonly place: ScratchPlace;
			readonly cType: string;
	  };

export class StorageWriter extends CodeWriter {
	readonly script: ScriptWriter;
	readonly frame: Frame;
	readonly enclosing: StorageWriter | undefined;
	readonly captures = new Map<string, Capture>();
	usesContext = false;
	readonly known = new KnownValues();
	readonly #variables = new Map<string, Home>();
	readonly #onces = new Map<string, Once>();
	readonly #steady = new Map<
		string,
		{ readonly buffer: string; readonly region: Region }
	>();

	constructor(
		script: ScriptWriter,
		frame: Frame,
		origin: Origin | undefined,
		enclosing: StorageWriter | undefined,
	) {
		super(frame.names, origin);
		this.script = script;
		this.frame = frame;
		this.enclosing = enclosing;
	}

	/** A local whose address is taken, so that it stands on the stack. */
	addressed(cType: string, init: string | undefined, hint?: string): string {
		this.frame.stackBytes += 8;
		return this.local(cType, init, hint);
	}

	/** True, and the bytes are taken, where memory of that size may be on the stack. */
	fitsStack(size: number): boolean {
		const rounded = Math.ceil(size / 8) * 8;
		const fits =
			size <= this.script.script.onStackLimit &&
			this.frame.stackBytes + rounded <= STACK_BUDGET;
		if (fits) this.frame.stackBytes += rounded;
		return fits;
	}

	/** Always aligned to eight bytes. */
	buffer(size: number, hint = "buffer"): string {
		if (!this.fitsStack(size)) return this.scratch(size);
		const rounded = Math.ceil(size / 8) * 8;
		const name = this.names.fresh(hint);
		this.line(`char ${name}[${rounded}] __aligned(8);`);
		return name;
	}

	/** Where the bytes of a steady builtin stand already, in this block or around it. */
	steady(builtin: string): string | undefined {
		const known = this.#steady.get(builtin);
		for (let r: Region | undefined = this.current; known && r; r = r.outer)
			if (r === known.region) return known.buffer;
		return undefined;
	}

	/** Others may copy a steady builtin's bytes from this buffer, which nobody changes. */
	keepSteady(builtin: string, buffer: string): void {
		// Scratch memory may be given to others after the statement.
		if (/^\w+$/.test(buffer))
			this.#steady.set(builtin, { buffer, region: this.current });
	}

	/** Memory in the program's own per-CPU map. */
	scratch(size: number): string {
		return this.#scratchAt(this.frame.scratch.take(size));
	}

	#scratchAt({ map, cell, offset }: ScratchPlace): string {
		const scratch = this.#useOnce(cell, () => ({
			name: cell,
			cType: "char *",
			after: [],
			lines: [
				`char *${cell} = bpf_map_lookup_elem(&${map}, &(u32){ 0 });`,
				`if (!${cell})`,
				"\treturn 0;",
			],
		}));
		return offset === 0 ? scratch : `(${scratch} + ${offset})`;
	}

	once(key: string, cType: string, init: string): string {
		return this.#useOnce(key, () => {
			const name = this.names.fresh(key.replace(/\W/g, "_"));
			const after = [...this.#onces.keys()].filter((k) =>
				init.includes(this.#onces.get(k)?.name ?? k),
			);
			const space = cType.endsWith("*") ? "" : " ";
			return {
				name,
				cType,
				after,
				lines: [`${cType}${space}${name} = ${init};`],
			};
		});
	}

	#useOnce(key: string, make: () => Once): string {
		if (this.enclosing) {
			const outer = this.enclosing.#useOnce(key, make);
			const cType = this.#onceType(key);
			return this.capture(key, cType, outer);
		}
		let once = this.#onces.get(key);
		if (!once) {
			once = make();
			this.#onces.set(key, once);
		}
		this.current.mark(key);
		return once.name;
	}

	#onceType(key: string): string {
		return this.enclosing
			? this.enclosing.#onceType(key)
			: (this.#onces.get(key)?.cType ?? "u64");
	}

	/** The program's context, also from inside callbacks. */
	get context(): string {
		if (this.enclosing)
			return this.capture("ctx", "void *", this.enclosing.context);
		this.usesContext = true;
		return "ctx";
	}

	/** Makes the variable a C local of this function. */
	declare(slot: VariableSlot, text: string): void {
		this.#variables.set(slot.symbol, { kind: "local", text });
	}

	/**
	 * Puts a number that callbacks change into scratch memory. The verifier does not follow values there; on the stack it
	 * would, and count a loop's rounds one by one.
	 */
	declareShared(slot: VariableSlot): void {
		const place = this.frame.scratch.take(8);
		const cType = wideType(slot.type);
		this.#variables.set(slot.symbol, { kind: "scratch", place, cType });
	}

	/** True where the variable is declared here or around. */
	knows(slot: VariableSlot): boolean {
		return this.#homeOf(slot) !== undefined;
	}

	#homeOf(slot: VariableSlot): Home | undefined {
		const own = this.#variables.get(slot.symbol);
		if (own || !this.enclosing) return own;
		return this.enclosing.#homeOf(slot);
	}

	/** A scalar variable's lvalue, or a `char *` to a variable in memory. */
	variable(slot: VariableSlot): string {
		const home = this.#homeOf(slot);
		if (home?.kind === "scratch") {
			return `(*(${home.cType} *)${this.#scratchAt(home.place)})`;
		}
		const own = this.#variables.has(slot.symbol);
		if (!home)
			throw new Error(`E0925: variable ${slot.symbol} is not declared`);
		if (own || !this.enclosing) return home.text;
		const cType = isScalar(slot.type) ? wideType(slot.type) : "char *";
		return this.capture(slot.symbol, cType, this.enclosing.variable(slot));
	}

	/** Hands a value of the enclosing function to this callback. */
	capture(key: string, cType: string, outer: string): string {
		const known = this.captures.get(key);
		if (known) return `captured->${known.field}`;
		const field = key.replace(/\W/g, "_");
		const space = cType.endsWith("*") ? "" : " ";
		const declaration = `${cType}${space}${field}`;
		this.captures.set(key, { declaration, field, outer });
		return `captured->${field}`;
	}

	/** Puts what is computed once where it is first needed. */
	finish(): void {
		const placed = [...this.#onces.entries()];
		for (const [key, once] of placed) {
			const users = placed
				.filter(([, other]) => other.after.includes(key))
				.map(([k]) => k);
			placeBeforeUses(this.root, new Set([key, ...users]), once.lines);
		}
	}
}
