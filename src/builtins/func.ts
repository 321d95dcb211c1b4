// func: the function that was probed, by its address.
import { registerLayout } from "../base/registers.ts";
import { stringType, type Type, uint64 } from "../types/types.ts";
import { contextWord } from "./context-word.ts";
import { highHalf, pidAndTid } from "./current-ids.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";
import { ksymType } from "./ksym.ts";
import { cookieType, emitCookie, nameAt } from "./probe-names.ts";
import { usymType } from "./usym.ts";

const kernelProbes = new Set(["kprobe", "kretprobe", "fentry", "fexit"]);
const userProbes = new Set(["uprobe", "uretprobe"]);

const functionType = cookieType("func");

const functionOf = (probe: string): string =>
	probe.slice(probe.lastIndexOf(":") + 1);

/** Names that are shown as they are: no places and addresses; C++ and Rust have others for people. */
const plain = /^(?!_Z|_R|\d)[^+"]+$/;

/**
 * A user function is told by the probe's name where it stands there. An address could only be named as long as its
 * process lives, and is another one in each.
 */
function isNamed({ provider, names }: CheckCall["probe"]): boolean {
	return (
		userProbes.has(provider) &&
		names.length > 0 &&
		names.every((name) => plain.test(functionOf(name)))
	);
}

function known({ probe }: CheckCall): string | undefined {
	const { nameNumber, names } = probe;
	return isNamed(probe) && nameNumber === undefined
		? functionOf(names[0] ?? "")
		: undefined;
}

function check(call: CheckCall): Type {
	const { provider } = call.probe;
	const name = known(call);
	if (name !== undefined) return stringType(Buffer.byteLength(name) + 1);
	if (isNamed(call.probe)) return functionType;
	if (userProbes.has(provider)) return usymType;
	if (!kernelProbes.has(provider)) {
		const where = "probe gives the name of any probe";
		call.report("E0460", { name: "func", provider, where });
	}
	return ksymType;
}

function emitScalar(emitter: Emitter, call: EmitCall): string {
	if (call.type !== functionType) return address(emitter, call);
	const { names, nameNumber } = call.probe;
	return names.length === 1
		? `${nameNumber}ULL`
		: emitCookie(emitter, call.probe);
}

/** At a function's entry the instruction pointer is in it; where it returns, the kernel has to remember. */
function address(emitter: Emitter, { probe }: EmitCall): string {
	const { byName } = registerLayout();
	const ip = byName.ip ?? byName.pc;
	const entry = probe.provider === "kprobe" || probe.provider === "uprobe";
	return entry && ip !== undefined
		? contextWord(emitter, ip, uint64)
		: emitter.once("ip", "u64", `bpf_get_func_ip(${emitter.context})`);
}

export const func: BuiltinDefinition = {
	name: "func",
	group: "context",
	signatures: ["func"],
	doc: "The function that the probe is in: by its name for user functions, else by its address, which is looked up when it is printed.",
	example: "uprobe:/bin/bash:readline { print(func); exit(); }",
	perProbe: "name",
	check,
	fold: known,
	emitScalar,
	emitInto: (emitter, call, dest) => {
		emitter.line(`*(u64 *)${dest} = ${address(emitter, call)};`);
		emitter.line(`*(u64 *)(${dest} + 8) = ${highHalf(pidAndTid(emitter))};`);
	},
	opaque: { text: (bytes, _params, host) => functionOf(nameAt(bytes, host)) },
};
