// Specs that name functions of binaries: `path:function`, `path:function+offset`, `path:address`, `path:cpp:name`.
import type { Span } from "../base/source.ts";
import type {
	Missing,
	ProbeEnvironment,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { compileGlob, hasWildcard, type Matcher } from "./glob.ts";
import {
	cutInstruction,
	cutInstructionAt,
	type InstructionBounds,
} from "./instruction-bounds.ts";
import { libcOfMerged } from "./merged-libraries.ts";
import {
	givenParts,
	partSpan,
	readNumber,
	reportUsage,
	suggest,
} from "./spec.ts";

export interface UserPlace {
	/** Absolute. */
	readonly path: string;
	/** The function, or undefined for a bare address. */
	readonly func: string | undefined;
	/** File offset in bytes. */
	readonly fileOffset: number;
	/** Whether the function's size is known; undefined for a bare address. */
	readonly sized?: boolean;
	/** What stands behind the path in the probe's full name, with what divides them. */
	readonly text: string;
}

export interface UserSpec {
	/** Bare library name or path, perhaps with wildcards. */
	readonly binary: string;
	readonly binaryPart: number;
	/** Function or address as written. */
	readonly name: string;
	readonly namePart: number;
	readonly cpp: boolean;
	/** Bytes from the function's start. */
	readonly offset: number;
	/** Set when an address of the file was given instead of a function. */
	readonly address: number | undefined;
}

/** Reads the parts; reports what is wrong with them. */
export function readUserSpec(
	provider: ProbeProvider,
	offsets: boolean,
	spec: SpecText,
	context: ResolveContext,
): UserSpec | undefined {
	const shape = userParts(spec, context.environment);
	if (shape === undefined || spec.parts.some((part) => part === "")) {
		reportUsage(spec, provider, context);
		return undefined;
	}
	return readPlace(provider, offsets, shape, spec, context);
}

type Shape = Pick<UserSpec, "binary" | "binaryPart" | "namePart" | "cpp">;

/** Which part is which. Under `-p` the path may be left out: it is then the process's own program. */
export function userParts(
	spec: SpecText,
	environment: ProbeEnvironment,
): Shape | undefined {
	const parts = givenParts(spec);
	const namePart = parts.length - 1;
	const cpp = namePart > 0 && parts[namePart - 1] === "cpp";
	const before = cpp ? namePart - 1 : namePart;
	if (before === 1)
		return { binary: parts[0] ?? "", binaryPart: 0, namePart, cpp };
	return before === 0 && namePart >= 0 && environment.pid >= 0
		? { binary: `/proc/${environment.pid}/exe`, binaryPart: 0, namePart, cpp }
		: undefined;
}

function readPlace(
	provider: ProbeProvider,
	offsets: boolean,
	shape: Shape,
	spec: SpecText,
	context: ResolveContext,
): UserSpec | undefined {
	const text = spec.parts[shape.namePart] ?? "";
	const span = partSpan(spec, shape.namePart);
	const address = readNumber(text);
	if (address !== undefined)
		return { ...shape, name: text, offset: 0, address: Number(address) };
	// `operator+` is a function of C++, not an offset.
	const plus = shape.cpp ? -1 : text.indexOf("+");
	if (plus < 0) return { ...shape, name: text, offset: 0, address: undefined };
	if (!offsets) {
		context.report("E0316", { provider: provider.name }, { span });
		return undefined;
	}
	const offset = readNumber(text.slice(plus + 1));
	const name = text.slice(0, plus);
	if (offset === undefined || offset > 0xffff_ffffn) {
		const wrong = { text: text.slice(plus + 1), what: "the offset" };
		context.report("E0305", wrong, { span });
		return undefined;
	}
	if (hasWildcard(name)) {
		context.report("E0308", { what: "a function with an offset" }, { span });
		return undefined;
	}
	return { ...shape, name, offset: Number(offset), address: undefined };
}

export function binariesOf(
	spec: Pick<UserSpec, "binary">,
	environment: ProbeEnvironment,
): readonly string[] {
	if (hasWildcard(spec.binary)) return environment.findBinaries(spec.binary);
	const path = environment.findBinary(spec.binary);
	return path === undefined ? [] : [path];
}

/** All places a spec means. Functions that share an address are told once. */
export function* userPlaces(
	spec: UserSpec,
	environment: ProbeEnvironment,
): Iterable<UserPlace> {
	for (const path of binariesOf(spec, environment)) {
		if (spec.address !== undefined) {
			const fileOffset = environment.fileOffset(path, spec.address);
			if (
				fileOffset !== undefined &&
				!cutInstructionAt(environment, path, fileOffset)
			)
				yield { path, func: undefined, fileOffset, text: `:${spec.name}` };
			continue;
		}
		yield* functionPlaces(path, spec, environment);
	}
}

function* functionPlaces(
	path: string,
	spec: UserSpec,
	environment: ProbeEnvironment,
): Iterable<UserPlace> {
	const functions = environment.userFunctions(path);
	if (functions === undefined) return;
	const plus = spec.offset > 0 ? `+${spec.offset}` : "";
	const place = (
		func: string,
		{ offset, size }: { readonly offset: number; readonly size: number },
	): UserPlace => ({
		sized: size > 0,
		path,
		func,
		fileOffset: offset + spec.offset,
		text: spec.cpp ? `:cpp:${func}` : `:${func}${plus}`,
	});
	if (!spec.cpp && !hasWildcard(spec.name)) {
		const found = functions.get(spec.name);
		if (
			found !== undefined &&
			reaches(spec.offset, found.size) &&
			!cutInstruction(environment, path, found, spec.offset)
		)
			yield place(spec.name, found);
		return;
	}
	const matches = spec.cpp
		? cppMatcher(spec.name, environment)
		: compileGlob(spec.name);
	const seen = new Set<number>();
	for (const [func, found] of functions) {
		if (!matches(func) || seen.has(found.offset)) continue;
		seen.add(found.offset);
		yield place(func, found);
	}
}

/** Assembly functions often have no size. */
function reaches(offset: number, size: number): boolean {
	return size === 0 || offset < size;
}

/** Compares readable names, without their parameters unless the spec has some too. */
function cppMatcher(pattern: string, environment: ProbeEnvironment): Matcher {
	const matches = compileGlob(pattern);
	const whole = pattern.includes("(");
	return (symbol) => {
		if (!symbol.startsWith("_Z")) return matches(symbol);
		const name = environment.demangle(symbol);
		return matches(whole ? name : withoutParameters(name));
	};
}

/** Cuts the parameter list: the last pair of parentheses, and what follows it. */
export function withoutParameters(name: string): string {
	const close = name.lastIndexOf(")");
	let depth = 0;
	for (let at = close; at >= 0; at--) {
		if (name[at] === ")") depth++;
		if (name[at] === "(" && --depth === 0) return name.slice(0, at);
	}
	return name;
}

/** What is unknown: the file, or the function in it. */
export function missingUserFunction(
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing | undefined {
	const shape = userParts(spec, environment);
	if (shape === undefined) return undefined;
	const paths = binariesOf(shape, environment);
	const [path] = paths;
	if (path === undefined) {
		return {
			code: "E0317",
			args: { name: shape.binary },
			options: { span: partSpan(spec, shape.binaryPart) },
		};
	}
	const text = spec.parts[shape.namePart] ?? "";
	const span = partSpan(spec, shape.namePart);
	const functions = environment.userFunctions(path);
	if (functions === undefined) {
		const options = { span: partSpan(spec, shape.binaryPart) };
		return { code: "E0319", args: { path }, options };
	}
	const address = readNumber(text);
	if (address !== undefined) {
		const place = environment.fileOffset(path, Number(address));
		return place === undefined
			? { code: "E0342", args: { path, address: text }, options: { span } }
			: withinInstruction(
					text,
					cutInstructionAt(environment, path, place),
					span,
				);
	}
	const [name = "", offset] = shape.cpp ? [text] : text.split("+");
	const found = functions.get(name);
	if (found?.size === 0)
		return { code: "E0343", args: { func: name }, options: { span } };
	if (found !== undefined && offset !== undefined) {
		const bytes = Number(readNumber(offset) ?? 0n);
		if (reaches(bytes, found.size))
			return withinInstruction(
				text,
				cutInstruction(environment, path, found, bytes),
				span,
			);
		const args = { func: name, size: found.size, offset };
		return { code: "E0323", args, options: { span } };
	}
	const help = hasWildcard(name)
		? undefined
		: suggest(
				name,
				[...functions.keys(), ...functionsOfLibc(path, environment)],
				`list them with: kask -l 'uprobe:${path}:*'`,
			);
	const where =
		paths.length === 1 ? path : `${path} and ${paths.length - 1} other files`;
	return {
		code: "E0318",
		args: { path: where, name: text },
		options: { span, ...(help === undefined ? {} : { help }) },
	};
}

function withinInstruction(
	place: string,
	cut: InstructionBounds | undefined,
	span: Span,
): Missing | undefined {
	if (!cut) return undefined;
	const { before, after } = cut;
	const next = after === undefined ? "" : ` and +${after}`;
	return {
		code: "E0331",
		args: { place, starts: `+${before}${next}` },
		options: { span },
	};
}

/** What a library of glibc has given away to libc. */
function functionsOfLibc(
	path: string,
	environment: ProbeEnvironment,
): Iterable<string> {
	const libc = libcOfMerged(path, environment);
	return (libc && environment.userFunctions(libc)?.keys()) ?? [];
}
