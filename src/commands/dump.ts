// `-d STAGE`: what a stage of the compiler has made of the script.
import type { Script } from "../../grammar/ast.ts";
import { formatScript } from "../../grammar/format.ts";
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

export function dumpStages(
	request: CompileRequest,
	names: readonly string[],
): string {
	const script = parse(request);
	if (!script) return "";
	return names.map((name) => dumpStage(request, script, name)).join("");
}

function dumpStage(
	request: CompileRequest,
	script: Script,
	name: string,
): string {
	const stage = stages[aliases[name] ?? name];
	if (stage) return stage(request, script) ?? "";
	const near = nearestName(name, Object.keys(stages));
	const help = near
		? `did you mean ${near}?`
		: `known: ${Object.keys(stages).join(", ")}`;
	request.diagnostics.report("E0807", { stage: name }, { help });
	return "";
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
