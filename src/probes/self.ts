// self: signals sent to kask itself.
import type { ProbeProvider } from "./definition.ts";
import { onceMatch } from "./once.ts";
import { checkParts, partSpan, suggest } from "./spec.ts";

const signals = ["SIGUSR1"] as const;

export const self: ProbeProvider = {
	name: "self",
	aliases: [],
	forms: ["self:signal:SIGUSR1"],
	doc: "Runs when kask itself is sent a signal, for printing something on demand.",
	fires: "once for each signal, in kask's own process",
	example:
		"tracepoint:raw_syscalls:sys_enter { @ = count(); } self:signal:SIGUSR1 { print(@); }",
	resolve(spec, context) {
		const parts = checkParts(spec, 2, 2, self, context);
		if (parts === undefined) return [];
		const [trigger = "", signal = ""] = parts;
		const known = trigger === "signal" ? signals : ["signal"];
		const [name, at] = trigger === "signal" ? [signal, 1] : [trigger, 0];
		if (trigger !== "signal" || !signals.some((s) => s === signal)) {
			const help = suggest(name, known, `it can be ${known.join(" or ")}`);
			context.report(
				"E0320",
				{ provider: "self", name },
				{ span: partSpan(spec, at), help },
			);
			return [];
		}
		return [onceMatch(`self:signal:${signal}`, { kind: "signal", signal })];
	},
	*list() {
		for (const signal of signals) yield `self:signal:${signal}`;
	},
};
