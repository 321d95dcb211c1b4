// usdt: places that the authors of a program marked, with arguments. The counterpart of tracepoints in user space.
import type {
	Missing,
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	SpecText,
	UsdtProbe,
} from "./definition.ts";
import { compileGlob, hasWildcard } from "./glob.ts";
import { givenParts, partSpan, reportUsage, suggest } from "./spec.ts";
import { readUsdtArguments } from "./usdt-arguments.ts";
import { binariesOf } from "./user-function.ts";

export const usdt: ProbeProvider = {
	name: "usdt",
	aliases: ["U"],
	forms: ["usdt:FILE:NAME", "usdt:FILE:NAMESPACE:NAME"],
	doc: "A place marked in a program's source, with its arguments in arg0, arg1 … Databases, language run times and C++ programs (exceptions) have some.",
	fires:
		"when a process passes the place (only that of -p, where given), in the thread that does",
	example: "usdt:libstdc++:libstdcxx:throw { @[comm, ustack(3)] = count(); }",
	needs: "uprobe",
	listing: "user",
	resolve(spec, context) {
		const { environment } = context;
		if (!isComplete(spec, environment)) {
			reportUsage(spec, usdt, context);
			return [];
		}
		return [...placesOf(readParts(spec), environment)].map(({ path, probe }) =>
			usdtMatch(path, probe, environment.pid),
		);
	},
	*list(parts, environment) {
		const wanted: UsdtSpec = {
			binary: parts[0] || "*",
			namespace: parts.length > 2 ? parts[1] || "*" : "*",
			name: parts.length > 1 ? parts.at(-1) || "*" : "*",
		};
		const seen = new Set<string>();
		for (const { path, probe } of placesOf(wanted, environment)) {
			const name = fullName(path, probe);
			if (!seen.has(name)) yield name;
			seen.add(name);
		}
	},
	missing,
};

interface UsdtSpec {
	readonly binary: string;
	readonly namespace: string;
	readonly name: string;
}

/** The namespace may be left empty, and under `-p` the file too: all that the process has mapped is then searched. */
function isComplete(spec: SpecText, { pid }: ProbeEnvironment): boolean {
	const parts = givenParts(spec);
	const filed = pid >= 0 || (parts.length > 1 && parts[0] !== "");
	return filed && parts.length > 0 && parts.length <= 3 && parts.at(-1) !== "";
}

function readParts(spec: SpecText): UsdtSpec {
	const parts = givenParts(spec);
	const name = parts.at(-1) ?? "";
	if (parts.length === 1) return { binary: "*", namespace: "*", name };
	const namespace = parts.length > 2 ? parts[1] || "*" : "*";
	const binary = parts[0] || "*";
	return { binary, namespace, name };
}

function* placesOf(
	spec: UsdtSpec,
	environment: ProbeEnvironment,
): Iterable<{ readonly path: string; readonly probe: UsdtProbe }> {
	const inNamespace = compileGlob(spec.namespace);
	const named = compileGlob(spec.name);
	for (const path of binariesOf(spec, environment)) {
		for (const probe of environment.usdtProbes(path))
			if (inNamespace(probe.provider) && named(probe.name))
				yield { path, probe };
	}
}

function fullName(path: string, probe: UsdtProbe): string {
	return `usdt:${path}:${probe.provider}:${probe.name}`;
}

function usdtMatch(path: string, probe: UsdtProbe, pid: number): ProbeMatch {
	const { offset, semaphore } = probe;
	return {
		probe: fullName(path, probe),
		target: { kind: "uprobe", path, offset, ret: false, semaphore, pid },
		programType: "kprobe",
		section: "uprobe",
		hasRegisters: true,
		usdtArguments: readUsdtArguments(probe.arguments),
		variant: probe.arguments,
	};
}

function missing(spec: SpecText, environment: ProbeEnvironment): Missing {
	const parts = givenParts(spec);
	const { binary, name } = readParts(spec);
	const [path, ...more] = binariesOf({ binary }, environment);
	if (path === undefined) {
		const options = { span: partSpan(spec, 0) };
		return { code: "E0317", args: { name: binary }, options };
	}
	const there = [path, ...more].flatMap((p) => environment.usdtProbes(p));
	const span = partSpan(spec, parts.length - 1);
	const where = more.length === 0 ? path : `${path} and ${more.length} others`;
	const help = hasWildcard(name)
		? undefined
		: suggest(
				name,
				there.map((p) => p.name),
				there.length === 0
					? "it has none; its authors, or its packager, may have left them out"
					: `list them with: kask -l 'usdt:${path}:*'`,
			);
	return {
		code: "E0325",
		args: { name, path: where },
		options: { span, ...(help === undefined ? {} : { help }) },
	};
}
