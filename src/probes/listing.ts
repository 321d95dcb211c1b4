// `kask -l`: full names of probes, and with `-v` their arguments; structs too. Lazy, so that `kask -l | head` is quick.

import { Source } from "../base/source.ts";
import { typeName } from "../types/type-name.ts";
import type {
	ProbeEnvironment,
	ProbeMatch,
	ProbeProvider,
	SpecText,
} from "./definition.ts";
import { compileGlob, filterGlob, hasWildcard } from "./glob.ts";
import { allProviders, providerNamed } from "./index.ts";

export interface ListOptions {
	/** Arguments below each probe, members of each struct. */
	readonly verbose: boolean;
}

/**
 * The lines of a listing. `pattern` is a probe with wildcards (`tracepoint:sched:*`), a provider, a word to look for in
 * all probes (`*sleep*`), a file whose functions are wanted, or `struct NAME`. Without one, all probes of the kernel.
 */
export function* listProbes(
	pattern: string | undefined,
	environment: ProbeEnvironment,
	options: ListOptions = { verbose: false },
): Iterable<string> {
	const wanted = pattern?.trim() ?? "";
	const type = /^(struct|union|enum)\s+(\S+)$/.exec(wanted);
	if (type) {
		yield* listTypes(type[1] ?? "", type[2] ?? "", environment, options);
		return;
	}
	for (const { provider, parts, accept } of searches(wanted, environment)) {
		const names = [...(provider.list?.(parts, environment) ?? [])];
		for (const name of names.filter(accept).sort()) {
			yield name;
			if (options.verbose) yield* argumentLines(name, environment);
		}
	}
}

interface Search {
	readonly provider: ProbeProvider;
	readonly parts: readonly string[];
	readonly accept: (name: string) => boolean;
}

const all = () => true;

function* searches(
	pattern: string,
	environment: ProbeEnvironment,
): Iterable<Search> {
	const [head = "", ...words] = pattern.split(":");
	if (words.length > 0) {
		const rest = joinCppName(words);
		const parts = rest.at(-1) === "" ? rest.slice(0, -1) : rest;
		const user =
			environment.pid >= 0 ||
			environment.findBinary(parts[0] ?? "") !== undefined;
		for (const provider of providersFor(head || "*", user))
			yield { provider, parts, accept: all };
		return;
	}
	if (head === "" || head === "*") {
		for (const provider of providersFor("*", environment.pid >= 0))
			yield { provider, parts: [], accept: all };
		return;
	}
	const named = [...providersFor(head, false)];
	if (named.length > 0) {
		for (const provider of named) yield { provider, parts: [], accept: all };
		return;
	}
	yield* searchesForWord(head, environment);
}

/** Names of C++ have colons themselves, and may stand in quotes: `cpp:"ns::f*"`. */
function joinCppName(words: readonly string[]): readonly string[] {
	const at = words.indexOf("cpp");
	if (at < 0) return words;
	const name = words.slice(at + 1).join(":");
	return [...words.slice(0, at + 1), name.replace(/^"(.*)"$/, "$1")];
}

/** A word alone: the functions of a file of that name, or probes whose last part matches. */
function* searchesForWord(
	word: string,
	environment: ProbeEnvironment,
): Iterable<Search> {
	if (word.includes("/")) {
		for (const provider of allProviders)
			if (provider.listing === "user")
				yield { provider, parts: [word], accept: all };
		return;
	}
	const matches = compileGlob(word);
	const accept = (name: string) => matches(lastPart(name)) || matches(name);
	for (const provider of providersFor("*", environment.pid >= 0))
		yield { provider, parts: [], accept };
}

function lastPart(name: string): string {
	const text = name.endsWith(":") ? name.slice(0, -1) : name;
	return text.slice(text.lastIndexOf(":") + 1);
}

/** A provider by its name; with wildcards, those that are listed by default. */
function* providersFor(
	pattern: string,
	user: boolean,
): Iterable<ProbeProvider> {
	if (!hasWildcard(pattern)) {
		const provider = providerNamed(pattern);
		if (provider) yield provider;
		return;
	}
	const matches = compileGlob(pattern);
	const sorted = allProviders.toSorted((a, b) => (a.name < b.name ? -1 : 1));
	for (const provider of sorted) {
		const shown =
			provider.listing === "kernel" || (user && provider.listing === "user");
		if (shown && matches(provider.name)) yield provider;
	}
}

function* argumentLines(
	name: string,
	environment: ProbeEnvironment,
): Iterable<string> {
	const match = matchOf(name, environment);
	const declared = match?.declarations?.() ?? [];
	for (const text of declared) yield `    ${text}`;
	if (match?.declarations !== undefined) return;
	for (const member of match?.args?.()?.members ?? [])
		yield `    ${typeName(member.type)} ${member.name}`;
}

/** A listed name is a spec that means just one place. */
function matchOf(
	name: string,
	environment: ProbeEnvironment,
): ProbeMatch | undefined {
	const [head = "", ...parts] = name.split(":");
	const provider = providerNamed(head);
	const span = { source: new Source("-l", name), start: 0, end: name.length };
	const spec: SpecText = {
		provider: head,
		written: head,
		parts,
		partSpans: parts.map(() => span),
		span,
	};
	return provider?.resolve(spec, { environment, report: () => {} })[0];
}

function* listTypes(
	kind: string,
	pattern: string,
	environment: ProbeEnvironment,
	options: ListOptions,
): Iterable<string> {
	const types = environment.kernelTypes;
	if (
		types === undefined ||
		(kind !== "struct" && kind !== "union" && kind !== "enum")
	)
		return;
	const many = hasWildcard(pattern);
	const names = many
		? [...new Set(filterGlob(types.names(kind), pattern))].sort()
		: [pattern];
	for (const name of names) {
		const text = many && !options.verbose ? "" : types.definition(kind, name);
		if (text !== undefined) yield options.verbose ? text : `${kind} ${name}`;
	}
}
