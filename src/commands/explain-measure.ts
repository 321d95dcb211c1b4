// The parts of an explanation that only a kernel can give: what its verifier says, and how often the probes fire. What
// cannot be had is said.
import { disassemble } from "../../runtime/explain/disassemble.ts";
import {
	type Verification,
	verifyObject,
} from "../../runtime/explain/verify.ts";
import type { Kernel } from "../../runtime/ffi/kernel.ts";
import {
	failUnprivileged,
	type Privileges,
} from "../../runtime/machine/privileges.ts";
import { openKernelSymbols } from "../../runtime/symbols/kernel.ts";
import { makeDiagnostic } from "../base/diagnostics.ts";
import { addVerified, consent } from "../explain/add-verified.ts";
import { describeMachineCode } from "../explain/describe-machine-code.ts";
import type { Explanation } from "../explain/explanation.ts";
import { without } from "../explain/missing.ts";
import type { Plan } from "../plan.ts";
import { withRates } from "./explain-rates.ts";
import type { Machine } from "./machine.ts";
import { assumptions } from "./unprivileged.ts";

export interface MeasureRequest {
	readonly explanation: Explanation;
	readonly machine: Machine;
	readonly plan: Plan;
	/** ELF bytes. */
	readonly object: Uint8Array;
	readonly privileges: Privileges;
	/** `--jit` */
	readonly jit: boolean;
}

const measuredParts =
	"what the verifier knew at each instruction, how many it followed, what is loaded in the end, and how often the probes fire";

export async function measure(request: MeasureRequest): Promise<Explanation> {
	const { explanation, machine, privileges } = request;
	if (!privileges.trace) return unprivileged(explanation, privileges);
	const kernel = machine.kernel();
	if (!kernel.ok) {
		const { code, args } = kernel.failure;
		const why = makeDiagnostic(code, args).text;
		return without(explanation, { what: measuredParts, why });
	}
	const verified = verify(request, kernel.value);
	return verified.missing.some((m) => m.what === consent)
		? verified
		: withRates({ ...request, explanation: verified }, kernel.value);
}

function unprivileged(
	explanation: Explanation,
	privileges: Privileges,
): Explanation {
	const what = "load programs into the kernel";
	const { code, args } = failUnprivileged(what, privileges).failure;
	const { text: why, help } = makeDiagnostic(code, args);
	return without(without(explanation, assumptions), {
		what: measuredParts,
		why,
		...(help !== undefined && { help }),
	});
}

function verify(
	{ explanation, plan, object, jit }: MeasureRequest,
	kernel: Kernel,
): Explanation {
	const named = plan.maps.map(({ symbol, script }) => ({
		symbol,
		name: script ? `@${script.name}` : symbol,
	}));
	const verification = verifyObject({
		kernel,
		object,
		programCount: plan.programs.length,
		options: {},
		jit,
		// The kernel keeps 15 bytes of a map's name.
		mapName: (cut) =>
			named.find((m) => m.symbol.slice(0, 15) === cut)?.name ?? cut,
	});
	const jitted = jit ? withMachineCode(explanation, verification) : explanation;
	const symbols = named.map(({ name, symbol }) => [name, symbol] as const);
	return addVerified(jitted, verification, new Map(symbols));
}

function withMachineCode(
	explanation: Explanation,
	{ programs: verified }: Verification,
): Explanation {
	let unread = false;
	const symbols = openKernelSymbols();
	const nameAt = (address: bigint) => {
		const found = symbols.lookup(address);
		return found?.offset === 0n ? found.name : undefined;
	};
	const programs = explanation.programs.map((program) => {
		const code = verified.get(program.symbol)?.machineCode;
		if (!code) return program;
		const instructions = disassemble(code, nameAt);
		unread ||= instructions === undefined;
		const { name } = explanation.script;
		const machineCode = describeMachineCode(code, instructions, name);
		return { ...program, machineCode };
	});
	const told = { ...explanation, programs };
	const what = "the machine code";
	if (programs.every((p) => p.machineCode === undefined))
		return without(told, {
			what,
			why: "the kernel does not show it: it interprets programs, or hides addresses (kptr_restrict)",
		});
	return unread
		? without(told, {
				what: `${what} as instructions`,
				why: "objdump cannot be started, so that it is shown as bytes",
				help: "install it, for example with apt-get install binutils",
			})
		: told;
}
