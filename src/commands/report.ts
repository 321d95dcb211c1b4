// Prints diagnostics on stderr.

import type { Failure } from "../../runtime/result.ts";
import {
	colorPalette,
	type Diagnostics,
	formatDiagnostic,
	makeDiagnostic,
	plainPalette,
} from "../base/diagnostics.ts";
import type { Options } from "./options.ts";
import { printError } from "./stdio.ts";

/** Prints what was collected, errors last in the order they were found; gives the exit code: 1 when there were errors. */
export function reportAll(
	diagnostics: Diagnostics,
	options: Pick<Options, "warnings" | "color">,
): number {
	if (diagnostics.all.length === 0) return 0;
	const palette = options.color ? colorPalette : plainPalette;
	const shown = diagnostics.all.filter(
		(d) => d.severity === "error" || options.warnings,
	);
	for (const d of shown) printError(`${formatDiagnostic(d, palette)}\n`);
	return diagnostics.hasErrors ? 1 : 0;
}

/** Adds what the run time failed at. */
export function addFailure(diagnostics: Diagnostics, failure: Failure): void {
	diagnostics.add(makeDiagnostic(failure.code, failure.args));
}
