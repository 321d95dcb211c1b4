// exit: the code in the field `code`, or in params { code } where it is known when compiling; 0 without either.
import type { BuiltinDefinition } from "../definition.ts";
import { integerField, numberParam } from "./event-params.ts";

export const handleExit: NonNullable<BuiltinDefinition["handle"]> = (
	event,
	host,
) => {
	const code = integerField(event, "code") ?? numberParam(event, "code");
	// As the system cuts exit codes to a byte.
	host.exit(Number(BigInt.asUintN(8, BigInt(code))));
};
