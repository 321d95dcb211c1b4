// Figures in words, alike in text and HTML.
import type { ProbeExplanation, ProgramExplanation } from "./explanation.ts";

/** `1 time`, `2 times`. */
export function counted(n: number, what: string): string {
	return `${n} ${what}${n === 1 ? "" : "s"}`;
}

export function rateWords({
	fired,
	runs,
	seconds,
}: NonNullable<ProbeExplanation["rate"]>): string {
	const span = `in ${seconds.toFixed(1)} s`;
	if (fired === undefined)
		return `its program ran ${often(runs, seconds)}, for all system calls alike`;
	const told =
		fired === 0
			? `it did not fire ${span}`
			: `it fired ${often(fired, seconds)}`;
	return runs === fired || runs - fired < runs / 100
		? told
		: `${told}; its program ran ${often(runs, seconds)}, since all system calls pass it, and left at once for the others`;
}

function often(count: number, seconds: number): string {
	const rate = count / seconds;
	const shown = rate < 10 ? rate.toFixed(1) : Math.round(rate).toString();
	return `${counted(count, "time")} in ${seconds.toFixed(1)} s, ${shown} a second`;
}

/** What the program is worth: its length, its stack, what it calls, what the verifier did. */
export function verifiedWords(program: ProgramExplanation): string[] {
	const { size, stack, helpers, verified } = program;
	const used = stack.reduce((sum, s) => sum + s.bytes, 0);
	const words = [
		`${counted(size, "instruction")}; ${used} of 512 bytes of stack${stackParts(program)}.`,
		helpers.length > 0
			? `Calls in the kernel: ${helpers.join(", ")}.`
			: "It calls nothing in the kernel.",
	];
	if (!verified) return words;
	const { checked, limit, states, microseconds } = verified;
	const time = microseconds === undefined ? "" : `, in ${microseconds} µs`;
	const loaded = verified.loadedInstructions;
	const machine = verified.machineCodeBytes;
	return [
		...words,
		`The verifier followed ${checked} instructions${time} (it gives up at ${limit}), and kept ${counted(states, "state")} to compare with; it saw ${verified.stack.join(" + ")} bytes of stack in use.`,
		...(loaded === undefined
			? []
			: [
					`Loaded, it has ${loaded} instructions${machine === undefined ? "" : `, as ${machine} bytes of machine code`}.`,
				]),
	];
}

function stackParts({ stack }: ProgramExplanation): string {
	const parts = stack.filter((s) => s.bytes > 0);
	if (parts.length < 2) return "";
	return ` (${parts.map((s) => `${s.function} ${s.bytes}`).join(", ")})`;
}
