// glibc 2.34 took libpthread and its likes into libc, and left empty libraries of the old names behind. Scripts that
// probe those mean the functions, wherever they are now.
import type { ProbeEnvironment } from "./definition.ts";

const merged = /^(.*\/)lib(?:pthread|dl|rt|util|anl)\.so\.\d+$/;

/** libc's file, for one of the libraries that it has taken in; undefined for any other. */
export function libcOfMerged(
	path: string,
	environment: ProbeEnvironment,
): string | undefined {
	const directory = merged.exec(path)?.[1];
	return directory === undefined
		? undefined
		: environment.findBinary(`${directory}libc.so.6`);
}
