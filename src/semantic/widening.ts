// Types widen from pass to pass until they hold all that is stored. What is made of itself and longer each time never would.
import type { Span } from "../base/source.ts";
import type { Context, ScriptState } from "./context.ts";

/** More passes than any script needs whose types come to an end. */
export const mostPasses = 64;

/** To be called where a type became wider: there will be another pass. */
export function noteWidening(cx: Context, name: string, span: Span): void {
	cx.script.changed = true;
	cx.script.widened = { name, span };
}

/** To be called after too many passes. */
export function reportEndless({ widened, diagnostics }: ScriptState): void {
	if (!widened) throw new Error("E0903: types did not settle");
	const { name, span } = widened;
	diagnostics.report("E0253", { name }, { span });
}
