// The types of the programs that a script probes, beside those of the script itself and of the kernel.
import type { DebugTypes } from "../types/debug-info.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { CompileEnvironment } from "./environment.ts";
import type { ProgramSeed } from "./probes.ts";

const origin = "dwarf:";
/** Probes that say nothing on whose types are meant. */
const anywhere = new Set([
	"begin",
	"end",
	"test",
	"bench",
	"interval",
	"signal",
]);

/**
 * What the script defines goes first. A name that both the kernel and a program know means the program's type only
 * where nothing in the kernel is probed. Debug information is not read before something is asked of it.
 */
export function withDebugTypes(
	{ types, probes }: CompileEnvironment,
	seeds: readonly ProgramSeed[],
): TypeSource {
	const targets = seeds.flatMap((seed) => seed.attach.map((a) => a.target));
	const paths = new Set(
		targets.flatMap((t) => (t.kind === "uprobe" ? [t.path] : [])),
	);
	if (paths.size === 0) return types;
	const kernelProbed = targets.some(
		(t) => t.kind !== "uprobe" && !anywhere.has(t.kind),
	);
	const ask = <T>(get: (types: DebugTypes) => T | undefined): T | undefined => {
		for (const path of paths) {
			const info = probes.debugInfo(path);
			const found = info && get(info.types);
			if (found !== undefined) return found;
		}
		return undefined;
	};
	const choose = <T>(
		known: T | undefined,
		get: (types: DebugTypes) => T | undefined,
		final: (found: T) => boolean,
	): T | undefined => {
		if (known !== undefined && (kernelProbed || final(known))) return known;
		return ask(get) ?? known;
	};
	const owner = (of: { readonly origin: string }): DebugTypes | undefined =>
		of.origin.startsWith(origin)
			? probes.debugInfo(of.origin.slice(origin.length))?.types
			: undefined;
	const ofScript = (type: { readonly origin: string }) =>
		type.origin === "script";
	return {
		...types,
		struct: (kind, name) =>
			choose(
				types.struct(kind, name),
				(t) => t.struct(kind, name),
				(found) => ofScript(found) && found.size > 0,
			),
		members: (type) => (owner(type) ?? types).members(type),
		enum: (name) => choose(types.enum(name), (t) => t.enum(name), ofScript),
		enumerators: (type) => (owner(type) ?? types).enumerators(type),
		typedef: (name) => types.typedef(name) ?? ask((t) => t.typedef(name)),
	};
}
