// uprobe: functions of programs and libraries.
import type {
	ProbeMatch,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import {
	missingUserFunction,
	readUserSpec,
	type UserPlace,
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
	],
	doc: "The start of a function of a program or library, or an instruction inside of it. Libraries go by their short names too: libc.",
	fires: "when a process calls the function (only that of -p, where given)",
	example: "uprobe:libc:malloc { @bytes = hist(arg0); }",
	needs: "uprobe",
	listing: "user",
	resolve: (spec, context) => userMatches(uprobe, false, spec, context),
	*list(parts, environment) {
		const spec = listedUserSpec(parts);
		for (const place of userPlaces(spec, environment))
			yield `uprobe:${place.path}:${place.text}`;
	},
	missing: missingUserFunction,
};

/** Resolves a spec of `uprobe` or `uretprobe`. */
export function userMatches(
	provider: ProbeProvider,
	ret: boolean,
	spec: SpecText,
	context: ResolveContext,
): readonly ProbeMatch[] {
	const read = readUserSpec(provider, !ret, spec, context);
	if (read === undefined) return [];
	const { pid } = context.environment;
	return [...userPlaces(read, context.environment)].map((place) =>
		userMatch(provider.name, ret, place, pid),
	);
}

function userMatch(
	provider: string,
	ret: boolean,
	place: UserPlace,
	pid: number,
): ProbeMatch {
	return {
		probe: `${provider}:${place.path}:${place.text}`,
		target: {
			kind: "uprobe",
			path: place.path,
			offset: place.fileOffset,
			ret,
			semaphore: 0,
			pid,
		},
		programType: "kprobe",
		section: provider,
		hasRegisters: true,
		func: place.func,
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
