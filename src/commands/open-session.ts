// Loads a compiled script into this kernel, for a run or to be counted.
import type { Totals } from "../../runtime/bpf/load-totals.ts";
import type { Kernel } from "../../runtime/ffi/kernel.ts";
import { readKallsyms } from "../../runtime/machine/kallsyms.ts";
import { functionAddresses } from "../../runtime/machine/kernel-functions.ts";
import { Session } from "../../runtime/session/session.ts";
import type { Plan } from "../plan.ts";
import type { Machine } from "./machine.ts";

export interface SessionRequest {
	readonly machine: Machine;
	readonly plan: Plan;
	readonly object: Uint8Array;
	/** What the verifier says of programs that it takes. */
	readonly onTotals?: (totals: Totals) => void;
}

type Features = NonNullable<ReturnType<Machine["features"]>>;

/** `childPid` is the process of the command of `-c`. */
export function openSession(
	{ machine, plan, object, onTotals }: SessionRequest,
	kernel: Kernel,
	features: Features,
	childPid?: number,
): ReturnType<typeof Session.open> {
	return Session.open({
		kernel,
		features,
		tracefs: machine.tracefs(),
		childPid,
		plan,
		object,
		onTotals,
		resolveFunction: (name, module) => {
			const symbols = readKallsyms();
			return symbols ? functionAddresses(symbols, name, module) : [];
		},
	});
}
