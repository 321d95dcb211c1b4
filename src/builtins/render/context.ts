// What rendering a value takes beyond its bytes.
import type { OpaqueDefinition } from "../definition.ts";
import type { Host } from "../host.ts";
import { floatValues } from "./float.ts";

export interface RenderContext {
	/** Added to strings that fill their whole memory, which means that they were cut. A byte string. */
	readonly trailer: string;
	/** Who renders the opaque values of that name. */
	opaque(name: string): OpaqueDefinition | undefined;
	/** Handed on to opaque renderers. */
	readonly host: Host;
}

/** Renders the value that stands at `at`. */
export type Renderer<Result> = (view: DataView, at: number) => Result;

/** The opaque's definition; a Plan that names an unknown one is a bug of ours. */
export function opaqueDefinition(
	name: string,
	context: RenderContext,
): OpaqueDefinition {
	// C's own; all others belong to a builtin.
	const definition = name === "float" ? floatValues : context.opaque(name);
	if (definition === undefined)
		throw new Error(`E0911: no builtin renders values of kind ${name}`);
	return definition;
}
