// uprobes by source line: `uprobe:FILE@SOURCE:LINE` and `…:LINE:COLUMN`, found through the file's debug information.
import type {
	Missing,
	ProbeEnvironment,
	ProbeProvider,
	ResolveContext,
	SpecText,
} from "./definition.ts";
import { givenParts, partSpan, readCount, reportUsage } from "./spec.ts";
import { binariesOf, type UserPlace } from "./user-function.ts";

/** Parts of such a spec: the binary, `@`, the source file, the line, perhaps the column. */
const sourcePart = 2;
const linePart = 3;
const columnPart = 4;

export function isSourceSpec(spec: SpecText): boolean {
	return spec.parts[1] === "@";
}

/** Places of a spec by source line; reports what is wrong with it. */
export function sourcePlaces(
	provider: ProbeProvider,
	spec: SpecText,
	context: ResolveContext,
): readonly UserPlace[] {
	const parts = givenParts(spec);
	if (parts.length <= linePart || parts.length > columnPart + 1) {
		reportUsage(spec, provider, context);
		return [];
	}
	const line = readCount(spec, linePart, "the line", context);
	const column =
		parts.length > columnPart
			? readCount(spec, columnPart, "the column", context)
			: 0;
	if (line === undefined || column === undefined) return [];
	const [binary = ""] = parts;
	const source = parts[sourcePart] ?? "";
	const { environment } = context;
	return binariesOf({ binary }, environment).flatMap((path) => {
		const info = environment.debugInfo(path);
		const address = info?.addressOfLine(source, line, column);
		const fileOffset =
			address === undefined ? undefined : environment.fileOffset(path, address);
		const text = `@${parts.slice(sourcePart).join(":")}`;
		return fileOffset === undefined
			? []
			: [{ path, func: undefined, fileOffset, text }];
	});
}

/** What is unknown: the file, its debug information, or the line. */
export function missingSourceLine(
	spec: SpecText,
	environment: ProbeEnvironment,
): Missing {
	const [binary = "", , source = "", line = ""] = spec.parts;
	const [path] = binariesOf({ binary }, environment);
	const span = partSpan(spec, 0);
	if (path === undefined)
		return { code: "E0317", args: { name: binary }, options: { span } };
	if (environment.debugInfo(path) === undefined)
		return { code: "E0340", args: { path }, options: { span } };
	return {
		code: "E0341",
		args: { path, source, line },
		options: { span: partSpan(spec, linePart) },
	};
}
