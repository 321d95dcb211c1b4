// Puts what the verifier told beside what was known before.
import type {
	Verification,
	VerifiedProgram,
} from "../../runtime/explain/verify.ts";
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
	const { programs, maps, tooLong, failure } = verification;
	const missing: Missing[] = [...explanation.missing];
	if (tooLong)
		missing.push({
			what: "what the verifier knew at each instruction",
			why: "its log of every step is longer than 16 MiB, which is all the room that it is given",
		});
	if (failure)
		missing.push({
			what: "the verifier's consent",
			why: "the kernel refuses the script as it stands; what is told of the verifier goes as far as it came",
			help: "run the script: kask then tells what was refused, and why",
		});
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
