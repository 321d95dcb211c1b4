// The process that a run follows: that of -c, which is started for it, or that of -p.
import type { Kernel } from "../../runtime/ffi/kernel.ts";
import {
	type Command,
	type Followed,
	followProcess,
	holdCommand,
	wordsWithQuotes,
} from "../../runtime/session/process.ts";
import { Diagnostics } from "../base/diagnostics.ts";
import type { Options } from "./options.ts";
import { addFailure, reportAll } from "./report.ts";

export function follow(
	options: Options,
	kernel: Kernel,
	diagnostics: Diagnostics,
): Followed | undefined {
	if (options.cmd === undefined && options.pid === undefined) return undefined;
	const followed =
		options.cmd !== undefined
			? holdCommand(options.cmd)
			: followProcess(kernel.ffi, options.pid ?? 0);
	if (followed.ok) {
		tellQuotes(options);
		return followed.value;
	}
	addFailure(diagnostics, followed.failure);
	return undefined;
}

function tellQuotes(options: Options): void {
	const [word] = wordsWithQuotes(options.cmd ?? "");
	if (word === undefined) return;
	const told = new Diagnostics();
	told.report("W0802", { word });
	reportAll(told, options);
}

/** A command does not outlive the run; a process that ran before goes on. */
export async function letGo(followed: Followed | undefined): Promise<void> {
	if (isCommand(followed)) await followed.stop();
	followed?.close();
}

export function isCommand(followed: Followed | undefined): followed is Command {
	return followed !== undefined && "start" in followed;
}
