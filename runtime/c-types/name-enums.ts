// Names for a script's anonymous enums: clang drops what nothing refers to, and an enum without a name cannot be
// referred to (in C its constants are plain ints). With one, its constants can be printed by name.
import type { CDefinition } from "./request.ts";

export function nameAnonymousEnums(
	definitions: readonly CDefinition[],
): readonly CDefinition[] {
	let count = 0;
	return definitions.map((definition) => {
		// What the preprocessor reads may be text of any kind.
		if (/^\s*#/.test(definition.text)) return definition;
		const text = definition.text.replace(
			/\benum(?=\s*\{)/g,
			() => `enum anonymous_enum_${++count}`,
		);
		return { ...definition, text };
	});
}
