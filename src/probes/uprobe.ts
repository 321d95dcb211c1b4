// uprobe: functions of programs and libraries.
import { registerArguments } from "./arguments.ts";
import type {
	Missing,
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { libcOfMerged } from "./merged-libraries.ts";
import {
	isSourceSpec,
	missingSourceLine,
	sourcePlaces,
} from "./source-line.ts";
import { partSpan } from "./spec.ts";
import {
	binariesOf,
	missingUserFunction,
	readUserSpec,
	type UserPlace,
	type UserSpec,
	userPlaces,
} from "./user-function.ts";

export const uprobe: ProbeProvider = {
	name: "uprobe",
	aliases: ["u"],
	forms: [
		"uprobe:FILE:FUNCTION",
		"uprobe:FILE:FUNCTION+OFFSET",
		"uprobe:FILE:ADDRESS",
		'uprobe:FILE:cpp:"NAME"',
		"uprobe:FILE@SOURCE:LINE",
	],
	doc: "The start of a function of a program or library, or an instruction inside of it. Libraries go by their short names too: libc. Arguments are in arg0, arg1 … and, where the file has debug information, typed in args.",
	fires:
		"when a process calls the function (only that of -p, where given), in the thread that calls",
	example: "uprobe:libc:malloc { @bytes = hist(arg0); }",
	needs: "uprobe",
	listing: "user",
	resolve: (spec, context) => userMatches(uprobe, false, spec, context),
	*list(parts, environment) {
		const spec = listedUserSpec(parts);
		for (const place of userPlaces(spec, environment))
			yield `uprobe:${place.path}${place.text}`;
	},
	missing: missingUserPlace,
};

export function missingUserPlace(
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing | undefined {
	return isSourceSpec(spec)
		? missingSourceLine(spec, environment)
		: missingUserFunction(spec, environment);
}

/** Resolves a spec of `uprobe` or `uretprobe`. */
export function userMatches(
	provider: ProbeProvider,
	ret: boolean,
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	return [...placesOf(provider, ret, spec, context)].map((place) =>
		userMatch(provider.name, ret, place, context.environment),
	);
}

function placesOf(
	provider: ProbeProvider,
	ret: boolean,
	spec: SpecText,
	context: ResolveContext,
): Iterable<UserPlace> {
	if (!ret && isSourceSpec(spec)) return sourcePlaces(provider, spec, context);
	const read = readUserSpec(provider, !ret, spec, context);
	return read === undefined ? [] : placesFound(read, spec, context);
}

/** A symbol without a size may be no function at all, and a breakpoint in data is harm done. */
function probeable(
	read: UserSpec,
	environment: ProbeEnvironment,
): readonly UserPlace[] {
	const places = [...userPlaces(read, environment)];
	return environment.unsafe
		? places
		: places.filter(({ sized = true }) => sized);
}

/** In libc, with a warning, what a library that it has taken in does not have any more. */
function placesFound(
	read: UserSpec,
	spec: SpecText,
	context: ResolveContext,
): readonly UserPlace[] {
	const { environment } = context;
	const found = probeable(read, environment);
	const [path, ...more] = found.length > 0 ? [] : binariesOf(read, environment);
	if (path === undefined || more.length > 0) return found;
	const libc = libcOfMerged(path, environment);
	if (libc === undefined) return found;
	const there = probeable({ ...read, binary: libc }, environment);
	if (there.length > 0) {
		const args = { name: read.name, path, now: libc };
		context.report("W0305", args, { span: partSpan(spec, read.namePart) });
	}
	return there;
}

function userMatch(
	provider: string,
	ret: boolean,
	place: UserPlace,
	environment: ProbeEnvironment,
): ProbeMatch {
	const { path, fileOffset, func } = place;
	const { pid, machine } = environment;
	const probe = `${provider}:${path}${place.text}`;
	const signature = () => {
		const address = machine.linkedAddress(path, fileOffset);
		return address === undefined
			? undefined
			: environment.debugInfo(path)?.functionAt(address);
	};
	const match: ProbeMatch = {
		probe,
		target: {
			kind: "uprobe",
			path,
			offset: fileOffset,
			ret,
			semaphore: 0,
			pid,
		},
		programType: "kprobe",
		section: provider,
		hasRegisters: true,
		func,
	};
	if (ret) return match;
	return {
		...match,
		declarations: () => signature()?.declarations?.(),
		args: () => {
			const found = signature();
			return found && registerArguments(found, `args:${probe}`);
		},
	};
}

/** The parts of a `-l` pattern; all functions where only the file is given. */
export function listedUserSpec(parts: readonly string[]) {
	const cpp = parts.length > 2 && parts[1] === "cpp";
	const name = parts.length > 1 ? parts.at(-1) || "*" : "*";
	return {
		binary: parts[0] ?? "*",
		binaryPart: 0,
		name,
		namePart: parts.length - 1,
		cpp,
		offset: 0,
		address: undefined,
	};
}
