// Prototype strings of builtins, read once: `hist(value: int, bits?: literal int)`.

export interface Parameter {
	readonly name: string;
	/** Accepted kinds: `any`, `int`, `bool`, `string`, `pointer`, `buffer`, `array`, `map`, `word`, `type`. */
	readonly kinds: readonly string[];
	readonly literal: boolean;
	readonly optional: boolean;
	/** Takes all the arguments that are left. */
	readonly rest: boolean;
}

export interface Prototype {
	readonly text: string;
	/** undefined: the bare word. */
	readonly parameters: readonly Parameter[] | undefined;
	readonly least: number;
	readonly most: number;
}

const cache = new Map<string, Prototype>();

export function prototypeOf(text: string): Prototype {
	let prototype = cache.get(text);
	if (!prototype) {
		prototype = readPrototype(text);
		cache.set(text, prototype);
	}
	return prototype;
}

function readPrototype(text: string): Prototype {
	const open = text.indexOf("(");
	if (open < 0) return { text, parameters: undefined, least: 0, most: 0 };
	const inner = text.slice(open + 1, text.lastIndexOf(")")).trim();
	const parameters = inner === "" ? [] : inner.split(",").map(readParameter);
	const least = parameters.filter((p) => !p.optional && !p.rest).length;
	const most = parameters.some((p) => p.rest)
		? Number.POSITIVE_INFINITY
		: parameters.length;
	return { text, parameters, least, most };
}

function readParameter(text: string): Parameter {
	const match = /^(\w+)(\?)?:\s*(literal\s+)?([\w|]+)(\.\.\.)?$/.exec(
		text.trim(),
	);
	if (!match)
		throw new Error(`E0901: bad parameter in a builtin's prototype: ${text}`);
	const [, name = "", optional, literal, kinds = "any", rest] = match;
	return {
		name,
		kinds: kinds.split("|"),
		literal: literal !== undefined,
		optional: optional !== undefined,
		rest: rest !== undefined,
	};
}

/** The parameter an argument at `index` goes to. */
export function parameterAt(
	prototype: Prototype,
	index: number,
): Parameter | undefined {
	const list = prototype.parameters ?? [];
	return list[index] ?? (list.at(-1)?.rest ? list.at(-1) : undefined);
}

/** How many arguments prototypes take, in words: `1 argument`, `1 to 3 arguments`, `2 or more arguments`. */
export function argumentCounts(prototypes: readonly Prototype[]): string {
	const least = Math.min(...prototypes.map((p) => p.least));
	const most = Math.max(...prototypes.map((p) => p.most));
	if (most === 0) return "no arguments";
	if (least === most) return counted(most);
	if (most - least === 1 && least > 0) return `${least} or ${counted(most)}`;
	if (least === 0 && most !== Number.POSITIVE_INFINITY)
		return `at most ${counted(most)}`;
	return most === Number.POSITIVE_INFINITY
		? `${least} or more arguments`
		: `${least} to ${counted(most)}`;
}

/** `1 argument`, `2 arguments`. */
export function counted(count: number): string {
	return count === 1 ? "1 argument" : `${count} arguments`;
}
