// Checks the bodies of `fn` subprograms. Their signatures are written, so calls need not wait for bodies.
import type { Block, FunctionDefinition } from "../../grammar/ast.ts";
import type { ProbeFacts } from "../builtins/definition.ts";
import { typeName } from "../types/type-name.ts";
import {
	type Context,
	newProgram,
	outermost,
	type ProgramState,
	report,
	type ScriptState,
	unresolved,
} from "./context.ts";
import type { TypedFunction } from "./ir.ts";
import { checkBlock } from "./statements.ts";
import { declareVariable } from "./variables.ts";
import { resolveType } from "./written-types.ts";

/** A function may be called from any program, so it knows no probe. */
const noProbe: ProbeFacts = {
	provider: "fn",
	programType: "raw_tp",
	names: [],
	args: undefined,
	retval: undefined,
	func: undefined,
	hasRegisters: false,
};

const states = new WeakMap<FunctionDefinition, ProgramState>();

export function checkFunctions(
	script: ScriptState,
	functions: readonly FunctionDefinition[],
): readonly TypedFunction[] {
	script.calls.clear();
	const opened = functions.flatMap((node) => {
		const cx = outermost(script, stateOf(node));
		const typed = declare(cx, node);
		return typed ? [{ cx, node, typed }] : [];
	});
	for (const { node, typed } of opened)
		script.functions.set(node.name.text, typed);
	return opened.map(({ cx, node, typed }) => {
		const body = checkBlock({ ...cx, returns: typed.returns }, node.body);
		if (typed.returns.kind !== "void" && !alwaysReturns(node.body)) {
			const type = typeName(typed.returns);
			report(cx, "E0247", { name: node.name.text, type }, node.name.span);
		}
		const variables = [...cx.program.slots.values()].filter(
			(s) => s.type !== unresolved,
		);
		return { ...typed, body, variables };
	});
}

function alwaysReturns(block: Block): boolean {
	return block.statements.some(
		(s) =>
			s.kind === "return" ||
			(s.kind === "block-statement" && alwaysReturns(s.block)) ||
			(s.kind === "if" &&
				s.else !== undefined &&
				alwaysReturns(s.then) &&
				alwaysReturns(s.else)),
	);
}

function stateOf(node: FunctionDefinition): ProgramState {
	let state = states.get(node);
	if (!state) {
		state = newProgram(noProbe, node.name.text);
		states.set(node, state);
	}
	return state;
}

function declare(
	cx: Context,
	node: FunctionDefinition,
): TypedFunction | undefined {
	const parameters = node.parameters.map((p) => {
		const type = resolveType(cx, p.type);
		return type && declareVariable(cx, p.variable, type, true);
	});
	const known = parameters.filter((p) => p !== undefined);
	// Its type may be that of a parameter.
	const returns = resolveType(cx, node.returnType);
	if (!returns || returns === unresolved || known.length !== parameters.length)
		return undefined;
	return {
		symbol: `fn_${node.name.text}`,
		parameters: known,
		returns,
		body: { statements: [] },
		variables: [],
		span: node.span,
	};
}
