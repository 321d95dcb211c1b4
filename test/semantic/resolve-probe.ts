// Resolves a probe spec, as written, on a fake machine; gives the matches and all that was said, spans as script text.

import { buildAttachPoint } from "../../grammar/attach-point.ts";
import { makeDiagnostic } from "../../src/base/diagnostics.ts";
import { Source, spanText } from "../../src/base/source.ts";
import type {
	ProbeEnvironment,
	ProbeMatch,
	SpecText,
} from "../../src/probes/definition.ts";
import {
	providerNamed,
	resolveSpec,
	whyMissing,
} from "../../src/probes/index.ts";
import { type FakeMachine, fakeEnvironment } from "./fake-environment.ts";

export interface Resolved {
	readonly matches: readonly ProbeMatch[];
	/** `E0305 "x": …text… | help` for each report, and for what is missing. */
	readonly said: readonly string[];
}

export function readSpec(text: string): SpecText {
	const point = buildAttachPoint(new Source("spec", text), text, 0);
	return {
		provider: providerNamed(point.provider.text)?.name ?? point.provider.text,
		written: point.provider.text,
		parts: point.parts.map((p) => p.text),
		partSpans: point.parts.map((p) => p.span),
		span: point.span,
	};
}

export function resolve(text: string, machine: FakeMachine = {}): Resolved {
	return resolveOn(text, fakeEnvironment(machine));
}

export function resolveOn(
	text: string,
	environment: ProbeEnvironment,
): Resolved {
	const spec = readSpec(text);
	const said: string[] = [];
	const report: Parameters<typeof resolveSpec>[1]["report"] = (
		code,
		args,
		options,
	) => {
		const d = makeDiagnostic(code, args, options);
		const place = d.span ? JSON.stringify(spanText(d.span)) : "nowhere";
		said.push(`${code} ${place}: ${d.text} | ${d.help ?? ""}`);
	};
	const matches = resolveSpec(spec, { environment, report });
	if (matches.length === 0 && said.length === 0) {
		const missing = whyMissing(spec, environment);
		if (missing) report(missing.code, missing.args, missing.options);
	}
	return { matches, said };
}
