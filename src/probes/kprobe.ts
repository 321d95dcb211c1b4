// kprobe: the start of nearly any kernel function, or an instruction inside of it.
import type { FunctionSignature } from "../types/type-source.ts";
import { registerArguments } from "./arguments.ts";
import { probedFunctions } from "./compiled-names.ts";
import type {
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import {
	type KernelFunctionSpec,
	kernelFunctionsMatching,
	kernelProper,
	missingKernelFunction,
	nearestToFunction,
	readKernelFunction,
} from "./kernel-function.ts";
import { newNameOf } from "./moved-functions.ts";
import { givenParts, readNumber } from "./spec.ts";

export const kprobe: ProbeProvider = {
	name: "kprobe",
	aliases: ["k"],
	forms: [
		"kprobe:FUNCTION",
		"kprobe:MODULE:FUNCTION",
		"kprobe:FUNCTION+OFFSET",
		"kprobe:ADDRESS",
	],
	doc: "The start of a kernel function. Arguments are in arg0, arg1 … and, where the kernel has BTF, typed in args. Any ADDRESS of the kernel's code is taken under --unsafe.",
	fires:
		"when the function is called, in the process that runs there (in interrupts: any)",
	example: "kprobe:vfs_read { @[comm] = count(); }",
	needs: "kprobe",
	listing: "kernel",
	resolve: entryMatches,
	*list(parts, environment) {
		const spec = listedFunction(parts);
		for (const { module, func } of kernelFunctionsMatching(spec, environment))
			yield functionProbe("kprobe", module, func);
	},
	newName: newNameOf,
	missing: (spec, environment) =>
		missingKernelFunction("kprobe", spec, environment),
	nearest: nearestToFunction,
};

function entryMatches(
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const { environment } = context;
	const address = environment.unsafe ? probedAddress(spec) : undefined;
	if (address !== undefined) return [instructionMatch(address)];
	const read = readKernelFunction(kprobe, true, spec, context);
	if (read === undefined) return [];
	const { offset } = read;
	const matches: ProbeMatch[] = [];
	for (const { module, func } of probedFunctions(read, spec, context)) {
		const name = functionProbe("kprobe", module, func);
		matches.push({
			probe: offset > 0 ? `${name}+${offset}` : name,
			target: kprobeTarget(module, func, offset, false),
			programType: "kprobe",
			section: "kprobe",
			hasRegisters: true,
			func,
			declarations: () =>
				withoutResult(environment.kernelSignature(func, module)),
			args: () => {
				// Past the function's start its registers hold other things.
				if (offset > 0) return undefined;
				const signature = environment.kernelSignature(func, module);
				return signature
					? registerArguments(signature, `args:kprobe:${func}`)
					: undefined;
			},
		});
	}
	return matches;
}

function probedAddress(spec: SpecText): bigint | undefined {
	const [first = "", ...more] = givenParts(spec);
	const address = more.length === 0 ? readNumber(first) : undefined;
	return address !== undefined && address < 1n << 64n ? address : undefined;
}

function instructionMatch(address: bigint): ProbeMatch {
	const hex = address.toString(16);
	return {
		probe: `kprobe:0x${hex}`,
		target: { kind: "kprobe_address", address: hex },
		programType: "kprobe",
		section: "kprobe",
		hasRegisters: true,
	};
}

/** A signature's declarations end with the result. */
export function withoutResult(
	signature: FunctionSignature | undefined,
): readonly string[] | undefined {
	return signature?.declarations?.().slice(0, signature.parameters.length);
}

export function kprobeTarget(
	module: string | undefined,
	func: string,
	offset: number,
	ret: boolean,
): ProbeMatch["target"] {
	// The kernel proper is no module to kprobes.
	return module === undefined || module === kernelProper
		? { kind: "kprobe", function: func, offset, ret }
		: { kind: "kprobe", function: func, module, offset, ret };
}

export function functionProbe(
	provider: string,
	module: string | undefined,
	func: string,
): string {
	return module === undefined
		? `${provider}:${func}`
		: `${provider}:${module}:${func}`;
}

/** The parts of a `-l` pattern. */
export function listedFunction(parts: readonly string[]): KernelFunctionSpec {
	const module = parts.length > 1 ? parts[0] : undefined;
	return { module, func: parts.at(-1) || "*", offset: 0 };
}
