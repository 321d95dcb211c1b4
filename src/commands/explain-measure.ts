// The parts of an explanation that only a kernel can give: what its verifier says, and how often the probes fire. What
// cannot be had is said.
import { countRuns } from "../../runtime/explain/count-runs.ts";
import { disassemble } from "../../runtime/explain/disassemble.ts";
import {
	type Verification,
	verifyObject,
} from "../../runtime/explain/verify.ts";
import { readKallsyms } from "../../runtime/kallsyms.ts";
import type { Kernel } from "../../runtime/kernel.ts";
import { functionAddresses } from "../../runtime/kernel-functions.ts";
import { failUnprivileged, type Privileges } from "../../runtime/privileges.ts";
import { Session } from "../../runtime/session.ts";
import { openKernelSymbols } from "../../runtime/symbols/kernel.ts";
import { makeDiagnostic } from "../base/diagnostics.ts";
import { builtinNamed } from "../builtins/index.ts";
import { addVerified } from "../explain/add-verified.ts";
import { describeMachineCode } from "../explain/describe-machine-code.ts";
import type { Explanation, Missing } from "../explain/explanation.ts";
import type { Plan } from "../plan.ts";
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
	return verified.missing.some((m) => m.what === "the verifier's consent")
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

function without(explanation: Explanation, missing: Missing): Explanation {
	return { ...explanation, missing: [...explanation.missing, missing] };
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

const COUNTED_MS = 1000;
const rates = "how often the probes fire";

async function withRates(
	{ explanation, machine, plan, object }: MeasureRequest,
	kernel: Kernel,
): Promise<Explanation> {
	const harm = explanation.builtins.find((b) => builtinNamed(b.name)?.unsafe);
	if (harm)
		return without(explanation, {
			what: rates,
			why: `the script is not run to count it, since ${harm.name} would then do what it does`,
		});
	const features = machine.features();
	if (!features) return explanation;
	const session = Session.open({
		kernel,
		features,
		tracefs: machine.tracefs(),
		plan,
		object,
		resolveFunction: (name, module) => {
			const symbols = readKallsyms();
			return symbols ? functionAddresses(symbols, name, module) : [];
		},
	});
	if (!session.ok) {
		const { code, args } = session.failure;
		const why = makeDiagnostic(code, args).text;
		return without(explanation, { what: rates, why });
	}
	const counted = await countRuns(kernel.libc, session.value, plan, COUNTED_MS);
	session.value.close();
	const { runs, seconds, failures } = counted;
	const probes = explanation.probes.map((probe) => {
		const count = runs.get(probe.program);
		return count === undefined || !isFired(plan, probe.program)
			? probe
			: { ...probe, rate: { runs: count, seconds } };
	});
	const [failure] = failures;
	const told = { ...explanation, probes };
	if (!failure) return told;
	const { code, args } = failure.failure;
	const why = makeDiagnostic(code, args).text;
	return without(told, { what: `${rates}, of some places`, why });
}

/** False for what kask runs itself. */
function isFired({ programs, attach }: Plan, symbol: string): boolean {
	const own = ["begin", "end", "signal", "test", "bench", "iter"];
	return attach.some(
		({ program, target }) =>
			programs[program]?.symbol === symbol && !own.includes(target.kind),
	);
}
