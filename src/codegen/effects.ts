// What an expression does besides having a value: decides what must be evaluated first, and aside.
import type {
	IrBlock,
	IrExpr,
	IrStatement,
	TypedFunction,
	TypedMap,
	VariableSlot,
} from "../semantic/ir.ts";

type Node = IrExpr | IrStatement;

/** Calls `visit` for every expression and statement in `node`, outer ones first. False from `visit` skips what is inside. */
export function walk(node: unknown, visit: (node: Node) => boolean): void {
	if (Array.isArray(node)) {
		for (const item of node) walk(item, visit);
		return;
	}
	if (typeof node !== "object" || node === null) return;
	const record = node as Readonly<Record<string, unknown>>;
	if (typeof record.kind === "string" && "span" in record) {
		if (!visit(record as unknown as Node)) return;
	}
	for (const key of childKeys) if (key in record) walk(record[key], visit);
}

/** The fields of IR nodes that hold other nodes. */
const childKeys = [
	"expression",
	"value",
	"key",
	"keys",
	"condition",
	"predicate",
	"then",
	"else",
	"body",
	"statements",
	"block",
	"from",
	"to",
	"args",
	"operand",
	"left",
	"right",
	"base",
	"pointer",
	"steps",
	"index",
	"elements",
	"target",
] as const;

function some(node: unknown, test: (node: Node) => boolean): boolean {
	let found = false;
	walk(node, (n) => {
		found ||= test(n);
		return !found;
	});
	return found;
}

/** True where the run may end here, or in a function of the script that is called. */
export function endsRun(
	node: unknown,
	functions: readonly TypedFunction[],
): boolean {
	const seen = new Set<string>();
	const ends = (n: Node): boolean => {
		if (n.kind === "call") return n.builtin.endsRun === true;
		if (n.kind !== "function-call" || seen.has(n.symbol)) return false;
		seen.add(n.symbol);
		return some(functions.find((f) => f.symbol === n.symbol)?.body, ends);
	};
	return some(node, ends);
}

/** True where evaluating `e` changes something that other expressions may read. */
export function changesState(e: IrExpr): boolean {
	return some(e, (n) => {
		if (
			n.kind === "update" ||
			n.kind === "block-expression" ||
			n.kind === "function-call" ||
			n.kind === "library-call"
		)
			return true;
		return (
			n.kind === "call" &&
			(n.builtin.group === "maps" || n.builtin.group === "output")
		);
	});
}

/** True where evaluating `e` may leave the program or takes a loop, so that nothing should be held open meanwhile. */
export function mayLeave(e: IrExpr): boolean {
	return some(
		e,
		(n) =>
			n.kind === "block-expression" ||
			n.kind === "function-call" ||
			n.kind === "library-call" ||
			(n.kind === "map-read" && n.target.value.kind === "aggregate"),
	);
}

/** Variables named anywhere in `node`. */
export function slotsIn(
	node: unknown,
	except?: IrStatement,
): Set<VariableSlot> {
	const found = new Set<VariableSlot>();
	walk(node, (n) => {
		if (n === except) return false;
		const slot = slotOf(n);
		if (slot) found.add(slot);
		return true;
	});
	return found;
}

function slotOf(n: Node): VariableSlot | undefined {
	if ("slot" in n) return n.slot;
	return n.kind === "update" && n.target.kind === "variable"
		? n.target.slot
		: undefined;
}

export function mentions(node: unknown, slot: VariableSlot): boolean {
	return some(node, (n) => slotOf(n) === slot);
}

/** True where every path to a use of the variable gives it a value first, so that it need not be zeroed. */
export function setBeforeUse(block: IrBlock, slot: VariableSlot): boolean {
	const users = block.statements.filter((s) => mentions(s, slot));
	const [first] = users;
	if (!first) return true;
	if (first.kind === "set-variable" && first.slot === slot)
		return !mentions(first.value, slot);
	const inner = users.length === 1 ? innerBlock(first, slot) : undefined;
	return inner !== undefined && setBeforeUse(inner, slot);
}

/** The one block of a statement that holds all mentions of the variable. */
function innerBlock(s: IrStatement, slot: VariableSlot): IrBlock | undefined {
	switch (s.kind) {
		case "block":
			return s.block;
		case "if": {
			if (mentions(s.condition, slot)) return undefined;
			if (!s.else || !mentions(s.else, slot)) return s.then;
			return mentions(s.then, slot) ? undefined : s.else;
		}
		case "while":
			return mentions(s.condition, slot) ? undefined : s.body;
		case "unroll":
			return s.body;
		default:
			return undefined;
	}
}

/** True where the map's elements come and go one by one, so that its keys are usually new when they are set. */
export function churns(programs: unknown, map: TypedMap): boolean {
	return some(
		programs,
		(n) =>
			n.kind === "map-reference" &&
			n.map.name === map.name &&
			n.keys !== undefined,
	);
}

/** True where a call takes the map and then a key: `delete(@x, 1)`. */
export function takesKeys(programs: unknown, map: TypedMap): boolean {
	return some(programs, (n) => {
		if (n.kind !== "call" || n.args.length < 2) return false;
		const [first] = n.args;
		return first?.kind === "map-reference" && first.map.name === map.name;
	});
}

/** Statements, counted over all rounds of a loop, that the verifier may well follow one by one. */
const FEW_STATEMENTS = 64n;

/** Loops whose body becomes a function of its own, which the verifier looks at once. */
export function isCallbackLoop(s: IrStatement): boolean {
	if (s.kind === "for-map") return true;
	if (s.kind !== "for-range") return false;
	const from = s.from.constant;
	const to = s.to.constant;
	if (typeof from !== "bigint" || typeof to !== "bigint") return true;
	const statements = statementsIn(s.body);
	return statements === undefined || (to - from) * statements > FEW_STATEMENTS;
}

const loops = new Set<string>(["while", "unroll", "for-range", "for-map"]);

export function hasLoops(block: IrBlock): boolean {
	return statementsIn(block) === undefined;
}

/** How many statements a block has, inner ones included; undefined where there are loops among them. */
function statementsIn(block: IrBlock): bigint | undefined {
	let count = 0n;
	let looping = false;
	walk(block.statements, (n) => {
		looping ||= loops.has(n.kind);
		if (!("type" in n)) count++;
		return !looping;
	});
	return looping ? undefined : count;
}

/** Variables that the function around `nodes` must declare: all but loop variables and those of one callback alone. */
export function ownSlots(nodes: readonly unknown[]): VariableSlot[] {
	const own = new Set<VariableSlot>();
	const inCallbacks = new Set<VariableSlot>();
	const loopSlots = new Set<VariableSlot>();
	walk(nodes, (n) => {
		if (n.kind === "for-map" || n.kind === "for-range") loopSlots.add(n.slot);
		if ((n.kind === "for-map" || n.kind === "for-range") && isCallbackLoop(n)) {
			for (const slot of slotsIn(n.body)) {
				if (inCallbacks.has(slot)) own.add(slot);
				inCallbacks.add(slot);
			}
			if (n.kind === "for-range")
				for (const slot of slotsIn([n.from, n.to])) own.add(slot);
			return false;
		}
		const slot = slotOf(n);
		if (slot && n.kind !== "for-range" && n.kind !== "for-map") own.add(slot);
		return true;
	});
	return [...own].filter((slot) => !loopSlots.has(slot));
}

/** Variables that callbacks among `nodes` change. */
export function changedInCallbacks(nodes: unknown): Set<VariableSlot> {
	const changed = new Set<VariableSlot>();
	walk(nodes, (n) => {
		if (!isLoop(n) || !isCallbackLoop(n)) return true;
		walk(n.body, (inner) => {
			const slot = changedBy(inner);
			if (slot) changed.add(slot);
			return true;
		});
		return true;
	});
	return changed;
}

/** True where a body gives the variable another value. */
export function changesSlot(body: IrBlock, slot: VariableSlot): boolean {
	return some(body, (n) => changedBy(n) === slot);
}

function isLoop(
	n: Node,
): n is Extract<IrStatement, { kind: "for-map" | "for-range" }> {
	return n.kind === "for-map" || n.kind === "for-range";
}

function changedBy(n: Node): VariableSlot | undefined {
	if (n.kind === "set-variable" || n.kind === "declare") return n.slot;
	if (n.kind === "update" && n.target.kind === "variable") return n.target.slot;
	return n.kind === "address-of" && n.operand.kind === "variable"
		? n.operand.slot
		: undefined;
}
