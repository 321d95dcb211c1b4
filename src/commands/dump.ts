// `-d STAGE`: what a stage of the compiler has made of the script.
import type { Script } from "../../grammar/ast.ts";
import { formatScript } from "../../grammar/format.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { nearestName } from "../base/suggest.ts";
import { emit } from "../codegen/emit.ts";
import { withoutRepeatedLines } from "../codegen/region.ts";
import type { CheckedScript } from "../semantic/check-script.ts";
import { typeName } from "../types/type-name.ts";
import {
	type CompileRequest,
	check,
	compileToObject,
	parse,
} from "./compile.ts";
import { dumpInstructions } from "./dump-instructions.ts";

type Stage = (request: CompileRequest, script: Script) => string | undefined;

const stages: Readonly<Record<string, Stage>> = {
	ast: (_, script) => `${JSON.stringify(script, withoutSpans, 2)}\n`,
	fmt: (_, script) => formatScript(script),
	types: (request, script) => dumpTypes(check(request, script)),
	plan: (request, script) => {
		const checked = check(request, script);
		return (
			checked &&
			`${JSON.stringify(emit(checked.script, checked.types).plan, undefined, 2)}\n`
		);
	},
	c: (request, script) => {
		const checked = check(request, script);
		return (
			checked && withoutRepeatedLines(emit(checked.script, checked.types).c)
		);
	},
	asm: (request, script) => {
		const checked = check(request, script);
		const compiled =
			checked &&
			compileToObject(emit(checked.script, checked.types), request.diagnostics);
		return compiled && dumpInstructions(compiled, request.source);
	},
};
/** bpftrace's names of stages. */
const aliases: Readonly<Record<string, string>> = {
	codegen: "c",
	"codegen-opt": "asm",
	dis: "asm",
	parse: "ast",
	libbpf: "plan",
};

/** Those that show something of their own, in the order of the compiler. */
const everyStage = ["ast", "types", "plan", "c", "asm"];

export function dumpStages(
	request: CompileRequest,
	names: readonly string[],
): string {
	const script = parse(request);
	if (!script) return "";
	const wanted = names.flatMap((name) => (name === "all" ? everyStage : name));
	return wanted
		.map((name) => {
			const text = stages[aliases[name] ?? name]?.(request, script) ?? "";
			return wanted.length > 1 ? `--- ${name} ---\n${text}` : text;
		})
		.join("");
}

/** False where there is a name that no stage has. */
export function checkStages(
	names: readonly string[],
	diagnostics: Diagnostics,
): boolean {
	const known = [...Object.keys(stages), "all"];
	const stage = names.find((n) => !known.includes(aliases[n] ?? n));
	if (stage === undefined) return true;
	const near = nearestName(stage, known);
	const help = near ? `did you mean ${near}?` : `known: ${known.join(", ")}`;
	diagnostics.report("E0807", { stage }, { help });
	return false;
}

function withoutSpans(key: string, value: unknown): unknown {
	if (key === "span" || key === "operatorSpan") return undefined;
	return typeof value === "bigint" ? value.toString() : value;
}

function dumpTypes(checked: CheckedScript | undefined): string | undefined {
	if (!checked) return undefined;
	const { maps, programs } = checked.script;
	const lines = maps.map((m) => {
		const key = m.key ? `[${typeName(m.key)}]` : "";
		return `@${m.name}${key}: ${typeName(m.value)} (${m.bpfType})`;
	});
	for (const program of programs) {
		lines.push(
			`${program.probe} (${program.section}, ${program.attach.length} places)`,
		);
		for (const v of program.variables)
			lines.push(`  $${v.symbol.replace(/^v_/, "")}: ${typeName(v.type)}`);
	}
	return `${lines.join("\n")}\n`;
}
