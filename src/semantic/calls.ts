// Calls: macros first, then the script's functions, then builtins, whose prototypes are checked here once for all.
import type { CallExpression } from "../../grammar/ast.ts";
import type { Span } from "../base/source.ts";
import { nearestName } from "../base/suggest.ts";
import type { BuiltinDefinition, CheckCall } from "../builtins/definition.ts";
import { allBuiltins, builtinNamed } from "../builtins/index.ts";
import { type Argument, checkArguments } from "./arguments.ts";
import { constantOf, unknown } from "./build.ts";
import { type Context, macroCalls, report } from "./context.ts";
import { callFunction } from "./functions.ts";
import type { IrExpr } from "./ir.ts";
import { callLibrary } from "./library-calls.ts";
import { callMacro, macroFor, macrosNamed } from "./macros.ts";
import { unknownProvider } from "./probes.ts";
import { counted } from "./prototype.ts";
import { verdictOn } from "./unstable.ts";

export function checkCall(cx: Context, node: CallExpression): IrExpr {
	const name = node.callee.text;
	const macro = macroFor(cx, name, node.args);
	if (macro) return callMacro(cx, macro, node.args, node.span);
	const called = callFunction(cx, name, node);
	if (called) return called;
	const builtin = builtinNamed(name);
	if (builtin?.aggregate) {
		report(cx, "E0238", { what: name }, node.span);
		return unknown(node.span);
	}
	if (builtin) return callBuiltin(cx, builtin, node.args, name, node.span);
	const library = callLibrary(cx, name, node);
	if (library) return library;
	reportUnknown(cx, node);
	return unknown(node.span);
}

/** Names that C and DTrace have for what is here. */
const elsewhere: ReadonlyMap<string, string> = new Map([
	["ntohs", "bswap((uint16)…) turns the bytes of a number around"],
	["htons", "bswap((uint16)…) turns the bytes of a number around"],
	["ntohl", "bswap((uint32)…) turns the bytes of a number around"],
	["htonl", "bswap((uint32)…) turns the bytes of a number around"],
	["quantize", "hist() counts by powers of two"],
	["lquantize", "lhist() counts by steps of equal size"],
]);

function reportUnknown(cx: Context, node: CallExpression): void {
	const name = node.callee.text;
	const macros = macrosNamed(cx, name);
	if (macros.length > 0) {
		const counts = [...new Set(macros.map((m) => m.parameters.length))].sort();
		const last = counted(counts.pop() ?? 0);
		const wanted = [...counts, last].join(" or ");
		report(cx, "E0226", { name, count: node.args.length, wanted }, node.span, {
			notes: macros.map((m) => ({ text: "defined", span: m.name.span })),
		});
		return;
	}
	const near = nearestName(name, callableNames(cx));
	report(cx, "E0401", { name }, node.callee.span, {
		help:
			elsewhere.get(name) ??
			(near
				? `did you mean ${near}()?`
				: "define it in the script, with macro or fn"),
	});
}

function* callableNames(cx: Context): Iterable<string> {
	yield* cx.script.macros.keys();
	yield* cx.script.functions.keys();
	for (const library of cx.script.environment.libraries ?? [])
		yield* library.functions.keys();
	for (const b of allBuiltins)
		if (b.signatures.some((s) => s.includes("("))) yield b.name;
}

/** `args` undefined: the bare word. */
export function callBuiltin(
	cx: Context,
	builtin: BuiltinDefinition,
	args: readonly Argument[] | undefined,
	name: string,
	span: Span,
): IrExpr {
	const checked = checkArguments(cx, builtin, args, name, span);
	if (!checked) return unknown(span);
	if (builtin.unsafe && !cx.script.settings.unsafe) {
		report(cx, "E0405", { name }, span);
		return unknown(span);
	}
	const verdict =
		builtin.unstable &&
		verdictOn(cx.script.configuration, builtin.unstable, `${name}()`);
	if (verdict) report(cx, ...verdict, span);
	let wrong = false;
	const lacking = builtin.needs?.find(
		(feature) => !cx.script.environment.probes.has(feature),
	);
	if (lacking !== undefined) {
		report(cx, "E0479", { name, feature: lacking }, span);
		return unknown(span);
	}
	for (const feature of builtin.needs ?? []) cx.script.needs.add(feature);
	const call: CheckCall = {
		args: checked,
		span,
		probe: cx.program.facts,
		types: cx.script.environment.types,
		settings: cx.script.settings,
		machine: cx.script.environment.probes.machine,
		reached: cx.reached,
		report(code, values = {}, options = {}) {
			wrong ||= !code.startsWith("W");
			report(cx, code, values, options.span ?? span, options);
		},
	};
	const noProbe = cx.program.facts.provider === unknownProvider;
	if (noProbe && builtin.group === "context") return unknown(span);
	const type = builtin.check(call);
	if (wrong) return unknown(span);
	noteUnit(cx, builtin, call);
	const folded = builtin.fold?.(call);
	if (folded !== undefined) return constantOf(folded, span);
	const callers = macroCalls(cx.frame);
	return { kind: "call", builtin, args: checked, type, span, callers };
}

function noteUnit(
	cx: Context,
	builtin: BuiltinDefinition,
	call: CheckCall,
): void {
	const said = builtin.mapUnit?.(call);
	const entry = said && cx.script.maps.get(said.map);
	if (entry) entry.unit = said.unit;
}
