// What signal() and signal_thread() have in common: the signal, by number or name, and what comes of it.
import { constants } from "node:os";
import { nearestName } from "../base/suggest.ts";
import { int64, voidType } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
	TypedExpr,
} from "./definition.ts";
import { integerField } from "./handle/event-params.ts";
import { requireProbe } from "./require-probe.ts";

const LAST_SIGNAL = 64;

const numbers = new Map(Object.entries<number>(constants.signals));

const withoutSig = (name: string): string =>
	name.toUpperCase().replace(/^SIG/, "");
const names = [...numbers.keys()].map(withoutSig);

/** By name with or without `SIG`, in letters of any case; undefined for none. */
function signalNamed(name: string): number | undefined {
	return numbers.get(`SIG${withoutSig(name)}`);
}

/** Known when compiling, or undefined. */
function numberOf(signal: TypedExpr | undefined): number | undefined {
	const constant = signal?.constant;
	if (typeof constant === "bigint") return Number(constant);
	return typeof constant === "string"
		? (signalNamed(constant) ?? 0)
		: undefined;
}

/** Probes that fire in the very process that is meant. */
const providers = new Set([
	"kprobe",
	"kretprobe",
	"fentry",
	"fexit",
	"tracepoint",
	"rawtracepoint",
	"uprobe",
	"uretprobe",
	"usdt",
	"profile",
	"software",
	"hardware",
	"watchpoint",
]);

function check(call: CheckCall, name: string): void {
	const [signal] = call.args;
	const where = "use it in a probe that fires in the process that is meant";
	requireProbe(call, `${name}()`, providers, where);
	const text = signal?.constant;
	if (typeof text === "string" && signalNamed(text) === undefined) {
		const near = nearestName(withoutSig(text), names);
		const help = near ? `did you mean SIG${near}?` : "kill -l lists them";
		call.report("E0473", { signal: text }, { span: signal?.span, help });
		return;
	}
	const number = numberOf(signal);
	if (number !== undefined && (number < 1 || number > LAST_SIGNAL)) {
		const wanted = `a signal from 1 to ${LAST_SIGNAL}`;
		const help = "kill -l lists them";
		call.report("E0464", { name, wanted, help }, { span: signal?.span });
	}
}

function emit(emitter: Emitter, call: EmitCall, name: string): void {
	const [signal] = call.args;
	if (!signal) return;
	emitter.include("unsafe");
	const number = numberOf(signal) ?? emitter.scalar(signal);
	const status = emitter.local(
		"s64",
		`bpf_send_${name}((u32)${number})`,
		"status",
	);
	emitter.block(`if (${status})`, () => {
		const value = { type: int64, span: call.span };
		const write = (e: Emitter, dest: string) =>
			e.line(`*(s64 *)${dest} = ${status};`);
		emitter.event(name, {}, [{ name: "status", value, write }], call.span);
	});
}

export function signalBuiltin(name: string, to: string): BuiltinDefinition {
	return {
		name,
		group: "output",
		signatures: [`${name}(signal: int)`, `${name}(signal: literal string)`],
		doc: `Sends a signal, by number or name, to ${to} that runs. Only with --unsafe.`,
		example: `uprobe:/bin/bash:readline { ${name}("SIGWINCH"); exit(); }`,
		unsafe: true,
		runs: "in the kernel, at the event: the program sends the signal itself; only a failure is told to user space",
		needs: ["send_signal"],
		check: (call) => {
			check(call, name);
			return voidType;
		},
		emitStatement: (emitter, call) => emit(emitter, call, name),
		handle: (event, host) => {
			const status = integerField(event, "status") ?? 0;
			const text = `${name}() failed with error ${status}`;
			host.out.message("warning", text, event.place);
		},
	};
}
