// percpu_kaddr(): where a CPU keeps its own of a kernel variable.
import { type Type, uint64 } from "../types/types.ts";
import type {
	BuiltinDefinition,
	CheckCall,
	EmitCall,
	Emitter,
} from "./definition.ts";
import { checkSymbol } from "./kernel-symbol.ts";

function check(call: CheckCall): Type {
	const { machine } = call;
	checkSymbol(
		call,
		(name) =>
			machine.kernelVariable(name) !== undefined &&
			machine.hasKernelSymbol(name),
		"it must be in the kernel's BTF as one that each CPU has its own of, and in /proc/kallsyms, which has variables with CONFIG_KALLSYMS_ALL only",
	);
	return uint64;
}

function emitScalar(emitter: Emitter, { args }: EmitCall): string {
	const [symbol, cpu] = args;
	const name = String(symbol?.constant);
	const type = emitter.machine.kernelVariable(name);
	if (!type) throw new Error(`E0929: no kernel variable ${name}`);
	const variable = emitter.kernelVariable(name, type);
	const address = cpu
		? `bpf_per_cpu_ptr(${variable}, (u32)${emitter.scalar(cpu)})`
		: `bpf_this_cpu_ptr(${variable})`;
	const own = emitter.local("void *", address, "own");
	// Checked at once, or the verifier would not let anything be added to it.
	return emitter.local("u64", `${own} ? (u64)${own} : 0`, "address");
}

export const percpuKaddr: BuiltinDefinition = {
	name: "percpu_kaddr",
	group: "symbols",
	signatures: ["percpu_kaddr(symbol: literal string, cpu?: int)"],
	needs: ["kernel_variables"],
	doc: "The address of a CPU's own of a kernel variable: of the CPU that runs the probe, or of the one that is named; 0 where there is no such CPU.",
	example:
		'begin { printf("%d\\n", *(uint32 *)percpu_kaddr("cpu_number")); exit(); }',
	check,
	emitScalar,
};
