// func: the function that was probed.
import { stringType } from "../types/types.ts";
import type { BuiltinDefinition, CheckCall } from "./definition.ts";
import { cookieType, emitCookie, nameAt } from "./probe-names.ts";

function only(call: CheckCall): string | undefined {
	return call.probe.names.length === 1 ? call.probe.func : undefined;
}

/** `kprobe:vfs_read+4` → `vfs_read` */
function functionOf(name: string): string {
	return (name.split(":").at(-1) ?? "").replace(/\+\d+$/, "");
}

const providers = /^(k|u)(ret)?probe$|^f(entry|exit)$/;

export const func: BuiltinDefinition = {
	name: "func",
	group: "context",
	signatures: ["func"],
	doc: "The name of the function that the probe is in.",
	example: "uprobe:/bin/bash:readline { print(func); exit(); }",
	perProbe: "name",
	check: (call) => {
		const { provider } = call.probe;
		if (!providers.test(provider) && call.probe.func === undefined)
			call.report("E0460", {
				name: "func",
				provider,
				where: "probe gives the name of any probe",
			});
		const name = only(call);
		return name === undefined
			? cookieType("func")
			: stringType(Buffer.byteLength(name) + 1);
	},
	fold: only,
	emitScalar: emitCookie,
	opaque: { text: (bytes, _params, host) => functionOf(nameAt(bytes, host)) },
};
