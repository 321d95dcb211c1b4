// What the verifier knows of a register or a piece of stack, in words. It prints `R2=scalar(umax=255,var_off=(0x0; 0xff))`,
// `R0=map_value_or_null(id=1,map=m_x,ks=4,vs=8)`, `fp-8=mmmm????`; Linux 6.1 marks what was just written with `_w`, does
// not name maps, and adds `off=0,imm=0` to pointers. What is not recognised is given back as it is.

/** Name of a map as the script calls it, by its name in the object, which the kernel cuts at 15 bytes. */
export type MapName = (symbol: string) => string;

/** `scalar(id=1,umax=255)` taken apart. */
interface State {
	readonly kind: string;
	readonly facts: ReadonlyMap<string, string>;
}

function readState(text: string): State {
	const [, kind = text, inner = ""] = /^([^(]*)\((.*)\)$/.exec(text) ?? [];
	const facts = new Map<string, string>();
	for (const part of splitOutside(inner, ",")) {
		// `smin=smin32=0`: several names for one number.
		const names = part.split(/=(?!\()/);
		const value = /=\(.*\)$/.exec(part)?.[0].slice(1) ?? names.at(-1) ?? "";
		for (const name of names.slice(0, value.startsWith("(") ? undefined : -1))
			facts.set(name.replace(/=.*/, ""), value);
	}
	return { kind, facts };
}

/** Splits at a separator that stands in no parentheses. */
export function splitOutside(text: string, separator: string): string[] {
	const parts: string[] = [];
	let depth = 0;
	let part = "";
	for (const letter of text) {
		if (letter === "(") depth++;
		if (letter === ")") depth--;
		if (letter === separator && depth === 0) {
			if (part !== "") parts.push(part);
			part = "";
		} else part += letter;
	}
	return part === "" ? parts : [...parts, part];
}

/** What a register holds. `P5` is a number that the verifier needs exactly. */
export function registerWords(text: string, mapName: MapName): string {
	const number = /^P?(-?(?:0x[0-9a-f]+|\d+))$/.exec(text)?.[1];
	if (number !== undefined) return `the number ${readable(number)}`;
	const stack = /^fp(-?\d+)$/.exec(text)?.[1];
	if (stack !== undefined)
		return stack === "0"
			? "the top of the stack"
			: `an address on the stack, ${-Number(stack)} bytes below its top`;
	const state = readState(text);
	const orNull = /_or_null$/.test(state.kind) ? ", or null" : "";
	const kind = state.kind.replace(/_or_null$/, "").replace(/^P/, "");
	const words = pointerWords(kind, state.facts, mapName);
	if (kind === "scalar" || kind === "inv") return numberWords(state.facts);
	return words === undefined ? text : `${words}${orNull}`;
}

function pointerWords(
	kind: string,
	facts: ReadonlyMap<string, string>,
	mapName: MapName,
): string | undefined {
	const map = facts.get("map");
	const named = map === undefined ? "a map" : mapName(map);
	const at = offsetWords(facts);
	switch (kind) {
		case "ctx":
			return `a pointer to the context${at}`;
		case "map_ptr":
			return map === undefined
				? `a map with keys of ${facts.get("ks")} bytes and values of ${facts.get("vs")}`
				: `the map ${named}`;
		case "map_value":
			return `a pointer to a value of ${named}${sizeWords("vs", facts)}${at}`;
		case "map_key":
			return `a pointer to a key of ${named}${sizeWords("ks", facts)}${at}`;
		case "ringbuf_mem":
		case "alloc_mem":
			return `a pointer to a record of the ring buffer${sizeWords("sz", facts)}${at}`;
		case "func":
			return "a function of this program";
		default:
			return structWords(kind, facts);
	}
}

/** `trusted_ptr_task_struct`, `rdonly_mem`. */
function structWords(
	kind: string,
	facts: ReadonlyMap<string, string>,
): string | undefined {
	const [, how = "", name] =
		/^((?:rcu_|trusted_|untrusted_|percpu_|user_)*)ptr_(\w*)$/.exec(kind) ?? [];
	const at = offsetWords(facts);
	if (name !== undefined) {
		const trust = how.includes("untrusted") ? " that may point to nothing" : "";
		const cpu = how.includes("percpu") ? ", one for each CPU" : "";
		return `a pointer to a struct ${name} of the kernel's${trust}${cpu}${at}`;
	}
	if (/^(rdonly_)?(untrusted_)?mem$/.test(kind)) {
		const only = kind.startsWith("rdonly") ? " that can only be read" : "";
		return `a pointer to memory${sizeWords("sz", facts)}${only}${at}`;
	}
	return undefined;
}

function sizeWords(name: string, facts: ReadonlyMap<string, string>): string {
	const size = facts.get(name);
	return size === undefined ? "" : ` (${size} bytes)`;
}

function offsetWords(facts: ReadonlyMap<string, string>): string {
	const offset = Number(facts.get("off") ?? 0);
	const words =
		offset === 0
			? ""
			: offset > 0
				? `, ${offset} bytes into it`
				: `, ${-offset} bytes before it`;
	const most = facts.get("umax") ?? facts.get("smax");
	return most === undefined ? words : `${words}, moved by ${rangeWords(facts)}`;
}

function numberWords(facts: ReadonlyMap<string, string>): string {
	const range = rangeWords(facts);
	const bits = /^\(0x0; (0x[0-9a-f]+)\)$/.exec(facts.get("var_off") ?? "")?.[1];
	if (range !== undefined) return `a number ${range}`;
	return bits === undefined ? "any number" : `a number of the bits ${bits}`;
}

/** `from 0 to 255`; undefined where there is no bound. */
function rangeWords(facts: ReadonlyMap<string, string>): string | undefined {
	const bound = (name: string) => {
		const value = facts.get(name);
		return value === undefined ? undefined : readable(value);
	};
	const umin = bound("umin");
	const umax = bound("umax");
	const smin = bound("smin");
	const smax = bound("smax");
	// Negative numbers are large ones where the sign is not looked at.
	const isNegative = smax?.startsWith("-") === true;
	if (!isNegative && (umin !== undefined || umax !== undefined)) {
		if (umax === undefined) return `from ${umin} up, without a sign`;
		return umin === umax ? `${umin}` : `from ${umin ?? 0} to ${umax}`;
	}
	if (smin !== undefined && smax !== undefined)
		return `from ${smin} to ${smax}`;
	if (smin !== undefined) return `from ${smin} up`;
	if (smax !== undefined) return `up to ${smax}`;
	return undefined;
}

/** Large numbers are bits rather than amounts; Linux 6.1 prints them all as amounts. */
function readable(number: string): string {
	const value = /^-?\d+$/.test(number) ? BigInt(number) : 0n;
	const size = value < 0n ? -value : value;
	if (size <= 0xffff_ffffn) return number;
	return `${value < 0n ? "-" : ""}0x${size.toString(16)}`;
}

const slotKinds: Readonly<Record<string, string>> = {
	m: "written",
	"0": "zero",
	d: "a dynamic pointer",
	i: "an iterator",
	f: "a kernel's flag",
};

/**
 * A slot of eight bytes of the stack: what was spilled there, or its bytes one by one, that nearest to the top first.
 * Gives the bytes' names, and what they hold; nothing for those that were never written.
 */
export function slotWords(
	slot: string,
	text: string,
	mapName: MapName,
): readonly (readonly [bytes: string, words: string])[] {
	const lowest = Number(slot.replace("fp", ""));
	const found: [string, string][] = [];
	// Half a slot can hold a register; then the bytes of the other half stand before it: `mmmm64`.
	const half = /^([?m0]{4})(?![?m0dirf]{4}$)(.+)$/.exec(text);
	const isBytes = /^[?m0dirf]{8}$/.test(text);
	if (!isBytes) {
		// Linux 6.1 does not tell four bytes from eight.
		const name = half ? `fp${lowest} to fp${lowest + 3}` : `fp${lowest}`;
		const held = registerWords(half?.[2] ?? text, mapName);
		found.push([name, `holds ${held}`]);
	}
	const bytes = isBytes ? text : (half?.[1] ?? "");
	for (const { 0: run, index } of bytes.matchAll(/(.)\1*/g)) {
		const words = slotKinds[run.charAt(0)];
		const last = lowest + 7 - index;
		const first = last - run.length + 1;
		const name = first === last ? `fp${last}` : `fp${first} to fp${last}`;
		if (words !== undefined) found.push([name, words]);
	}
	return found;
}
