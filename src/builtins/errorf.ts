// errorf(): an error of the script's own.
import { messageBuiltin } from "./message-call.ts";

export const errorf = messageBuiltin(
	"errorf",
	"error",
	"Prints on stderr, as an error with its place in the script; otherwise as printf(). The script goes on, and its exit status stays what it was.",
);
