// warnf(): a warning of the script's own.
import { messageBuiltin } from "./message-call.ts";

export const warnf = messageBuiltin(
	"warnf",
	"warning",
	"Prints on stderr, as a warning with its place in the script; otherwise as printf(). Not under --no-warnings.",
);
