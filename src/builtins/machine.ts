// What builtins may ask of this machine when compiling. Made by the run time; nothing is read before it is asked for.
import type { Type } from "../types/types.ts";
import type { ProgramType } from "./definition.ts";

export interface MachineFacts {
	/** As `process.arch` says it: x64, arm64. */
	readonly architecture: string;
	/** `yes` rows of `kask --info`. */
	has(feature: string): boolean;
	/**
	 * True where programs can read the name of their own thread from the kernel's record of it: it pads names with zeros
	 * (since 5.17) and has BTF.
	 */
	readonly padsNames: boolean;
	/** The pid namespace that kask runs in: its file, device as the kernel numbers them; undefined in the first one. */
	readonly pidNamespace:
		| { readonly device: bigint; readonly inode: bigint }
		| undefined;
	/** The id of a cgroup (version 2), by the path of its folder; undefined where there is none. */
	cgroupId(path: string): bigint | undefined;
	/** True where /proc/kallsyms has the symbol, or can't be read. */
	hasKernelSymbol(name: string): boolean;
	/** True where the kernel has the function, by its BTF. */
	hasKernelFunction(name: string): boolean;
	/** True where programs of that type may call it, found out by trying. */
	mayCall(name: string, from: ProgramType): boolean;
	/** The type of a kernel variable by BTF, which knows those kept per CPU. */
	kernelVariable(name: string): Type | undefined;
	/** A variable of a program or library. */
	userVariable(path: string, name: string): UserVariable | undefined;
	/** The address at which a byte of a program or library is mapped, as linked. */
	linkedAddress(path: string, fileOffset: number): number | undefined;
}

export interface UserVariable {
	/** As linked. */
	readonly address: number;
	/** Bytes; 0 when unknown. */
	readonly size: number;
	/** True where it lies at that very address in every process. */
	readonly fixed: boolean;
}
