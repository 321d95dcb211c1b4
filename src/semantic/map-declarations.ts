// Maps that a script declares before it uses them, with their BPF map type and size.
import type { MapDeclaration, Script } from "../../grammar/ast.ts";
import type { Diagnostics } from "../base/diagnostics.ts";
import { nearestName } from "../base/suggest.ts";
import type { MapEntry } from "./context.ts";
import { mapTypeNames, newMapEntry } from "./maps.ts";

/** Entries of the maps that the script declares: `let @a = lruhash(100);` */
export function declaredMaps(
	script: Script,
	maxKeys: number,
	diagnostics: Diagnostics,
): Map<string, MapEntry> {
	const maps = new Map<string, MapEntry>();
	for (const item of script.items) {
		if (item.kind !== "map-declaration") continue;
		const entry = newMapEntry(
			item.map.text,
			item.span,
			mapDeclaration(item, diagnostics),
			maxKeys,
		);
		if (maps.has(item.map.text))
			diagnostics.report(
				"E0241",
				{ what: `@${item.map.text}` },
				{ span: item.map.span },
			);
		maps.set(item.map.text, entry);
	}
	return maps;
}

function mapDeclaration(
	item: MapDeclaration,
	diagnostics: Diagnostics,
): MapEntry["declared"] {
	if (!item.mapType) return undefined;
	const type = item.mapType.text;
	if (!mapTypeNames.includes(type)) {
		const near = nearestName(type, mapTypeNames);
		diagnostics.report(
			"E0242",
			{ type },
			{
				span: item.mapType.span,
				help: near
					? `did you mean ${near}?`
					: `known: ${mapTypeNames.join(", ")}`,
			},
		);
		return undefined;
	}
	const [size] = item.args;
	if (size?.kind !== "integer" || item.args.length !== 1 || size.value < 1n) {
		diagnostics.report("E0243", { type }, { span: item.span });
		return undefined;
	}
	return { type, entries: Number(size.value), span: item.span };
}

/** A declaration that nothing refers to is most likely a name written wrong. */
export function reportUnusedMaps(
	maps: ReadonlyMap<string, MapEntry>,
	diagnostics: Diagnostics,
): void {
	for (const entry of maps.values()) {
		if (entry.declared && entry.isScalar === undefined && !entry.written)
			diagnostics.report(
				"W0202",
				{ map: `@${entry.name}` },
				{ span: entry.span },
			);
	}
}
