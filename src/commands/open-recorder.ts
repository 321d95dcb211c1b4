// `--record FILE`: opens the recording of a run.
import { release } from "node:os";
import { Recorder } from "../../runtime/recording/recorder.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { ExecuteRequest } from "./execute.ts";
import { reportAll } from "./report.ts";

/** undefined where none is wanted, and after an error, which has been reported. */
export function openRecorder(
	{ options, plan, source }: ExecuteRequest,
	probeNames: readonly string[],
): Recorder | undefined {
	const path = options.record;
	if (path === undefined) return undefined;
	const complain = (why: string) => {
		const diagnostics = new Diagnostics();
		diagnostics.report("E0824", { path, why });
		reportAll(diagnostics, options);
	};
	try {
		return new Recorder({
			path,
			plan,
			probeNames,
			script: { name: source.name, text: source.text },
			kernel: release(),
			onFailed: complain,
		});
	} catch (error) {
		complain(error instanceof Error ? error.message : String(error));
		return undefined;
	}
}
