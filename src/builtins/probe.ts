// probe: the full name of the probe that fired.
import { stringType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { cookieType, emitCookie, nameAt } from "./probe-names.ts";

/** The name where it is known when compiling. */
function known(call: CheckCall): string | undefined {
	const { names, nameNumber } = call.probe;
	return nameNumber === undefined ? names[0] : undefined;
}

export const probe: BuiltinDefinition = {
	name: "probe",
	group: "context",
	signatures: ["probe"],
	doc: "The full name of the probe that fired, for example tracepoint:sched:sched_switch.",
	example: "begin { print(probe); exit(); }",
	perProbe: "name",
	check: (call) => {
		const { names, provider } = call.probe;
		if (names.length === 0) {
			const where = "pass it to the function";
			call.report("E0460", { name: "probe", provider, where });
		}
		const name = known(call);
		return name === undefined
			? cookieType("probe")
			: stringType(Buffer.byteLength(name) + 1);
	},
	fold: known,
	emitScalar: (emitter, { probe }) =>
		probe.names.length === 1
			? `${probe.nameNumber}ULL`
			: emitCookie(emitter, probe),
	opaque: { text: (bytes, _params, host) => nameAt(bytes, host) },
};
