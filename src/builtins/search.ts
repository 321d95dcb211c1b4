// Searching a text for another: what strstr() and strcontains() have in common.
import type { CheckCall, EmitCall, Emitter } from "./definition.ts";
import { constantText, emitText } from "./text.ts";

/** Where the second text begins in the first, or -1; undefined where that is only known when running. */
export function foldSearch({
	args,
}: Pick<CheckCall, "args">): number | undefined {
	const text = constantText(args[0]);
	const wanted = constantText(args[1]);
	if (wanted === "") return 0;
	return text === undefined || wanted === undefined
		? undefined
		: text.indexOf(wanted);
}

/** The same as a C scalar, an s64. */
export function emitSearch(emitter: Emitter, { args }: EmitCall): string {
	const [text, wanted] = args;
	if (!text || !wanted) return "-1";
	emitter.include("strings");
	const { text: hay, size } = emitText(emitter, text);
	const { text: needle, size: length } = emitText(emitter, wanted);
	return emitter.local(
		"s64",
		`find_text(${hay}, ${size}, ${needle}, ${length})`,
		"found",
	);
}
