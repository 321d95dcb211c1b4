// From the typed program to C text and Plan. Each script gets one C file, which reads like one written by hand.

import { cIdentifier, cString } from "../base/c-text.ts";
import type { MapPlan, Plan } from "../plan.ts";
import type { TypedScript } from "../semantic/ir.ts";
import type { CLibrary } from "../types/c-library.ts";
import type { TypeSource } from "../types/type-source.ts";
import { mapPlans, planOf } from "./plans.ts";
import { emitProgram } from "./programs.ts";
import { Printer } from "./region.ts";
import { ringBytes } from "./ring-size.ts";
import { printFunction, ScriptWriter } from "./script-writer.ts";
import { STACK_BUDGET } from "./storage-writer.ts";

export interface Emitted {
	readonly c: string;
	readonly plan: Plan;
	/** Templates that the text includes, by file name. */
	readonly headers: readonly string[];
	/** Whether members of the kernel's structs are found by name. */
	readonly usesKernelStructs: boolean;
	/** What the object must be linked with. */
	readonly libraries: readonly CLibrary[];
	/** The same with less on the stack, for when clang finds that it does not fit; undefined where nothing is left to move. */
	readonly withLessStack: (() => Emitted) | undefined;
}

/** Bytes of stack that each further attempt leaves to clang. */
const STACK_STEP = 160;

export function emit(
	script: TypedScript,
	types: TypeSource,
	stackTaken = 0,
): Emitted {
	const writer = new ScriptWriter(script, types, stackTaken);
	for (const program of script.programs) emitProgram(writer, program);
	const headers = ["kask", ...[...writer.templates].sort()].map(
		(t) => `${t}.bpf.h`,
	);
	const withLessStack =
		stackTaken < STACK_BUDGET
			? () => emit(script, types, stackTaken + STACK_STEP)
			: undefined;
	return {
		c: print(writer, headers),
		plan: planOf(writer),
		headers,
		usesKernelStructs: usesKernelStructs(writer),
		libraries: script.libraries,
		withLessStack,
	};
}

/** Templates that have kernel structs of their own. */
const withStructs = ["syscalls", "thread", "unwind"];

function usesKernelStructs({ slices, templates }: ScriptWriter): boolean {
	return (
		slices.lines().length > 0 || withStructs.some((name) => templates.has(name))
	);
}

/** Maps that the templates define themselves. */
const inTemplates: ReadonlySet<MapPlan["role"]> = new Set([
	"ring",
	"counters",
	"unwind",
]);

function print(writer: ScriptWriter, headers: readonly string[]): string {
	const { settings } = writer.script;
	const printer = new Printer();
	const line = (text: string) => printer.line(0, text);
	if (writer.templates.has("ring"))
		line(`#define RING_BYTES ${ringBytes(writer)}`);
	if (writer.losses.length > 0)
		line(`#define LOSS_KINDS ${writer.losses.length}`);
	for (const header of headers) line(`#include ${cString(header)}`);
	line("");
	for (const text of writer.slices.lines()) line(text);
	for (const map of mapPlans(writer))
		if (!inTemplates.has(map.role)) printMap(printer, map);
	for (const struct of writer.structs) {
		line(`struct ${struct.name} {`);
		for (const field of struct.fields) printer.line(1, `${field};`);
		line("};");
		line("");
	}
	for (const symbol of writer.kernelSymbols) printKernelSymbol(printer, symbol);
	for (const [name, cType] of writer.kernelVariables)
		printKernelVariable(printer, name, cType);
	for (const text of writer.libraryDeclarations) line(text);
	line(`char LICENSE[] SEC("license") = ${cString(settings.license)};`);
	for (const f of writer.functions) {
		line("");
		printFunction(printer, f);
	}
	return `${printer.lines.join("\n")}\n`;
}

function printMap(printer: Printer, map: MapPlan): void {
	printer.line(0, "struct {");
	printer.line(1, `__uint(type, BPF_MAP_TYPE_${map.type.toUpperCase()});`);
	printer.line(1, `__uint(max_entries, ${map.maxEntries});`);
	printer.line(1, `__uint(key_size, ${map.keySize});`);
	printer.line(1, `__uint(value_size, ${map.valueSize});`);
	printer.line(0, `} ${cIdentifier(map.symbol)} SEC(".maps");`);
	printer.line(0, "");
}

function printKernelVariable(
	printer: Printer,
	name: string,
	cType: string,
): void {
	printer.line(0, `extern const ${cType} ${name} __ksym;`);
	printer.line(0, "");
	printer.line(0, `static __always_inline const void *variable_${name}(void)`);
	printer.line(0, "{");
	printer.line(1, `return &${name};`);
	printer.line(0, "}");
	printer.line(0, "");
}

function printKernelSymbol(printer: Printer, symbol: string): void {
	printer.line(0, `extern const void ${symbol} __ksym;`);
	printer.line(0, "");
	printer.line(0, `static __always_inline u64 address_of_${symbol}(void)`);
	printer.line(0, "{");
	printer.line(1, `return (u64)&${symbol};`);
	printer.line(0, "}");
	printer.line(0, "");
}
