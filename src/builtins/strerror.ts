// strerror(): what an errno means.
import type { BuiltinDefinition } from "./definition.ts";
import { numberName } from "./number-name.ts";
import { renderStrerror } from "./render/names-of-numbers.ts";

export const strerror: BuiltinDefinition = numberName({
	name: "strerror",
	signatures: ["strerror(errno: int)"],
	doc: "The text of an error number, be it positive or, as the kernel returns it, negative.",
	example: "begin { print(strerror(2)); exit(); }",
	opaque: renderStrerror,
});
