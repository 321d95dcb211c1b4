// probe: the full name of the probe that fired.
import { stringType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { cookieType, emitCookie, nameAt } from "./probe-names.ts";

/** One probe alone has a name that is known when compiling. */
function only(call: CheckCall): string | undefined {
	const [name] = call.probe.names;
	return call.probe.names.length === 1 ? name : undefined;
}

export const probe: BuiltinDefinition = {
	name: "probe",
	group: "context",
	signatures: ["probe"],
	doc: "The full name of the probe that fired, for example tracepoint:sched:sched_switch.",
	example: "begin { print(probe); exit(); }",
	perProbe: "name",
	check: (call) => {
		const name = only(call);
		return name === undefined
			? cookieType("probe")
			: stringType(Buffer.byteLength(name) + 1);
	},
	fold: only,
	emitScalar: emitCookie,
	opaque: { text: (bytes, _params, host) => nameAt(bytes, host) },
};
