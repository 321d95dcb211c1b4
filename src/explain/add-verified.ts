// Puts what the verifier told beside what was known before.
import type {
	Refusal,
	Verification,
	VerifiedProgram,
} from "../../runtime/explain/verify.ts";
import { makeDiagnostic } from "../base/diagnostics.ts";
import { bytes } from "./describe-maps.ts";
import type {
	Explanation,
	MapExplanation,
	Missing,
	ProgramExplanation,
} from "./explanation.ts";

/** `mapSymbols`: names in the object by the names of `Explanation.maps`. */
export function addVerified(
	explanation: Explanation,
	verification: Verification,
	mapSymbols: ReadonlyMap<string, string>,
): Explanation {
	const { programs, maps, tooLong, refusal } = verification;
	const missing: Missing[] = [...explanation.missing];
	if (tooLong !== undefined)
		missing.push({
			what: "what the verifier knew at each instruction",
			why: `its log of every step is longer than ${bytes(tooLong)}, which is all the room that it is given`,
		});
	if (refusal) missing.push(refusalWords(refusal, explanation));
	return {
		...explanation,
		programs: explanation.programs.map((program) =>
			withStates(program, programs.get(program.symbol)),
		),
		maps: explanation.maps.map((map) =>
			withMemory(map, maps.get(mapSymbols.get(map.name) ?? "")),
		),
		missing,
	};
}

/** What stands in `missing` for a script that this kernel does not take. */
export const consent = "the kernel's consent";

function refusalWords(
	{ failure, verdict }: Refusal,
	{ programs }: Explanation,
): Missing {
	const program = programs.find((p) => p.symbol === failure.program);
	const args = program
		? { ...failure.args, probe: program.probe }
		: failure.args;
	const { text, help } = makeDiagnostic(failure.code, args);
	const rule = verdict?.rule;
	const reason = verdict ? `: ${verdict.reason}` : "";
	const told = rule ? `${reason} (${rule.rule}; ${rule.why})` : reason;
	const todo = rule?.help ?? help;
	return {
		what: consent,
		why: `the script is refused: ${text}${told}`,
		...(todo !== undefined && { help: todo }),
	};
}

function withMemory(
	map: MapExplanation,
	bytes: number | undefined,
): MapExplanation {
	return bytes === undefined ? map : { ...map, bytes, measured: true };
}

function withStates(
	program: ProgramExplanation,
	verified: VerifiedProgram | undefined,
): ProgramExplanation {
	if (!verified) return program;
	const { totals, byInstruction, loadedInstructions, machineCodeBytes } =
		verified;
	return {
		...program,
		instructions: program.instructions.map((i) => {
			const states = byInstruction.get(i.index);
			return states ? { ...i, ...states } : i;
		}),
		...(totals && {
			verified: {
				checked: totals.checked,
				limit: totals.limit,
				states: totals.states,
				stack: totals.stack,
				...(totals.microseconds !== undefined && {
					microseconds: totals.microseconds,
				}),
				...(loadedInstructions !== undefined && { loadedInstructions }),
				...(machineCodeBytes !== undefined && { machineCodeBytes }),
			},
		}),
	};
}
