// From a written attach point to places of this machine: parameters filled in, alternatives tried in order, and what
// is missing reported as `missing_probes` says.
import type { AttachPoint, ProbeSpec } from "../../grammar/ast.ts";
import { type Diagnostics, makeDiagnostic } from "../base/diagnostics.ts";
import type { Settings } from "../plan.ts";
import type {
	ProbeMatch,
	ProbeProvider,
	SpecText,
} from "../probes/definition.ts";
import {
	providerNamed,
	reportUnknownProvider,
	resolveSpec,
	whyMissing,
} from "../probes/index.ts";
import type { CompileEnvironment } from "./environment.ts";

export interface ResolvedSpec {
	readonly provider: ProbeProvider;
	/** The attach point as written. */
	readonly written: string;
	readonly matches: readonly ProbeMatch[];
}

/** The first alternative that this machine has; undefined, with a report, where it has none of them. */
export function resolveAlternatives(
	spec: ProbeSpec,
	environment: CompileEnvironment,
	settings: Pick<Settings, "missingProbes">,
	diagnostics: Diagnostics,
): ResolvedSpec | undefined {
	let missing: (() => void) | undefined;
	for (const [i, point] of spec.alternatives.entries()) {
		const provider = providerNamed(point.provider.text);
		if (!provider) {
			reportUnknownProvider(
				point.provider.text,
				point.provider.span,
				diagnostics,
			);
			continue;
		}
		const text = specText(point, provider, environment);
		const isLast = i === spec.alternatives.length - 1;
		let reported = false;
		const matches = resolveSpec(text, {
			environment: environment.probes,
			report(code, args, options) {
				reported = true;
				diagnostics.report(code, args, { span: text.span, ...options });
			},
		});
		if (matches.length > 0)
			return { provider, written: writtenAs(point), matches };
		if (isLast && !reported)
			missing = () =>
				reportMissing(
					text,
					writtenAs(point),
					environment,
					settings,
					diagnostics,
				);
	}
	missing?.();
	return undefined;
}

function writtenAs(point: AttachPoint): string {
	return [point.provider.text, ...point.parts.map((p) => p.text)].join(":");
}

function specText(
	point: AttachPoint,
	provider: ProbeProvider,
	environment: CompileEnvironment,
): SpecText {
	const fill = (text: string) =>
		text.replace(
			/\$(\d+)/g,
			(_, n: string) => environment.parameters[Number(n) - 1] ?? "",
		);
	return {
		provider: provider.name,
		written: point.provider.text,
		parts: point.parts.map((p) => (p.quoted ? p.text : fill(p.text))),
		partSpans: point.parts.map((p) => p.span),
		span: point.span,
	};
}

function reportMissing(
	spec: SpecText,
	probe: string,
	environment: CompileEnvironment,
	{ missingProbes }: Pick<Settings, "missingProbes">,
	diagnostics: Diagnostics,
): void {
	if (missingProbes === "ignore") return;
	const why = whyMissing(spec, environment.probes);
	if (why === undefined) return;
	if (missingProbes === "error") {
		diagnostics.report(why.code, why.args, { span: spec.span, ...why.options });
		return;
	}
	const { text, help } = makeDiagnostic(why.code, why.args, why.options);
	diagnostics.report(
		"W0301",
		{ probe },
		{ span: spec.span, notes: [{ text }], help },
	);
}
