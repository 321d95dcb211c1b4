// Symbols and stacks as builtins ask for them (`Symbols` of the host), on top of kernel, processes and stack maps.

import { isKeptBeside, moreStacksOf } from "../../src/base/stack-ids.ts";
import type { StackMode } from "../../src/base/stack-modes.ts";
import type { Symbols } from "../../src/builtins/host.ts";
import type { MapPlan, Plan } from "../../src/plan.ts";
import { lookupElement } from "../bpf/map.ts";
import { makeOpenSources } from "../dwarf/open.ts";
import type { SourcePlace } from "../dwarf/sources.ts";
import type { Libc } from "../ffi/libc.ts";
import type { Kallsyms } from "../machine/kallsyms.ts";
import { readMap } from "../maps/read.ts";
import { makeDemangle } from "./demangle.ts";
import { type KernelSymbols, openKernelSymbols } from "./kernel.ts";
import { pidOffsets, watchStackProcesses } from "./stack-processes.ts";
import {
	type Frame,
	type FrameSource,
	formatStack,
	isStackMode,
	trimZeros,
} from "./stacks.ts";
import { openSymbolProgram } from "./symbol-program.ts";
import { UserSymbols } from "./user.ts";

export interface SymbolsOptions {
	readonly plan: Pick<Plan, "attach" | "events" | "maps" | "settings">;
	readonly libc: Libc;
	/** File descriptors of the loaded maps, by name in the object. */
	readonly maps: ReadonlyMap<string, number>;
	/** The process of `-p`. */
	readonly pid?: number | undefined;
	/** Where the pid stands in an opaque value of that name; undefined when it has none. */
	readonly pidAt?: (opaque: string) => number | undefined;
	/** Where kallsyms has been read already, or is to be shared. */
	readonly kallsyms?: () => Kallsyms | undefined;
}

export interface OpenSymbols extends Symbols {
	readonly kernelSymbols: KernelSymbols;
	/**
	 * Notes down what a process has mapped, so that its addresses can be named after its end. To be called when a
	 * process is first seen; cheap when repeated.
	 */
	prepare(pid: number): void;
	/** The same for a process that is known to have mapped something since. */
	prepareAgain(pid: number): void;
	/** The same for a process that has just been started, and has yet to map most of what it will. */
	prepareStarting(pid: number): void;
	close(): void;
}

export function openSymbols(options: SymbolsOptions): OpenSymbols {
	const { plan, libc } = options;
	const kernelSymbols = openKernelSymbols({
		kallsyms: options.kallsyms,
		program: () => openSymbolProgram(libc),
	});
	const demangle = plan.settings.cppDemangle
		? makeDemangle(() => libc.ffi)
		: undefined;
	const openSources = plan.settings.showDebugInfo
		? makeOpenSources(() => libc.ffi)
		: undefined;
	const binaries = probedBinaries(plan);
	const user = new UserSymbols({ demangle, binaries, openSources });
	const isUsed = holdsPids(options);
	if (options.pid !== undefined && isUsed) user.prepare(options.pid);
	const readStack = stackReader(options);
	const watch = watchMaps(options, user);
	return {
		kernelSymbols,
		prepare: (pid) => user.prepare(pid),
		prepareAgain: (pid) => user.prepareAgain(pid),
		prepareStarting(pid) {
			if (isUsed) user.prepareStarting(pid);
		},
		close() {
			watch.stop();
			user.close();
			kernelSymbols.close();
		},
		kernel: (address, offset) => nameKernel(kernelSymbols, address, offset),
		user: (address, pid) =>
			user.lookup(address, pid)?.name ?? formatAddress(address),
		stack: readStack,
		kernelStack: (addresses, mode) =>
			formatStack(addresses, checkMode(mode), kernelFrames(kernelSymbols)),
		userStack: (addresses, pid, mode) =>
			formatStack(addresses, checkMode(mode), userFrames(user, pid)),
	};
}

/** Whether anything of a process is ever named: then it pays to look at processes early. */
function holdsPids({ plan, pidAt = () => undefined }: SymbolsOptions): boolean {
	const layouts = [
		...plan.events.flatMap((event) => event.fields.map((f) => f.layout)),
		...plan.maps.flatMap(({ script }) => [
			...(script?.key ? [script.key] : []),
			...(script?.value.kind === "plain" ? [script.value.layout] : []),
		]),
	];
	return layouts.some((layout) => pidOffsets(layout, { pidAt }).length > 0);
}

function watchMaps(
	{ plan, libc, maps, pidAt = () => undefined }: SymbolsOptions,
	user: UserSymbols,
): { stop(): void } {
	return watchStackProcesses({
		maps: plan.maps,
		read(map) {
			const contents = readMap(libc, maps.get(map.symbol) ?? -1, map);
			return contents.ok ? contents.value : undefined;
		},
		pidAt,
		prepare: (pid) => user.prepare(pid),
	});
}

function checkMode(mode: string): StackMode {
	if (isStackMode(mode)) return mode;
	throw new Error(`unknown stack mode ${mode}`);
}

function nameKernel(
	symbols: KernelSymbols,
	address: bigint,
	withOffset: boolean,
): string {
	const found = symbols.lookup(address);
	if (found === undefined) return formatAddress(address);
	return withOffset ? `${found.name}+${found.offset}` : found.name;
}

/** Build ids are for user space only. */
function kernelFrames(symbols: KernelSymbols): FrameSource {
	return {
		name: (address) => ({
			symbol: nameKernel(symbols, address, true),
			origin: "",
		}),
		place: () => undefined,
	};
}

function userFrames(user: UserSymbols, pid: number): FrameSource {
	return {
		name: (address, isCall) => nameUser(user, address, pid, isCall),
		place: (address) => user.locate(address, pid),
	};
}

function nameUser(
	user: UserSymbols,
	address: bigint,
	pid: number,
	isCall: boolean,
): Frame {
	const found = user.lookup(address, pid);
	if (found?.name === undefined)
		return { symbol: formatAddress(address), origin: " ([unknown])" };
	// Where a call returns to may be another line, or another function's code.
	const from = user.origin(isCall ? address - 1n : address, pid);
	return {
		symbol: `${found.name}+${found.offset}`,
		origin: ` (${found.module})`,
		place: formatPlace(from?.place),
		inlined: (from?.inlined ?? []).map(({ name, place }) => ({
			symbol: name,
			place: formatPlace(place),
		})),
	};
}

function formatPlace(place: SourcePlace | undefined): string {
	return place ? `@${place.file}:${place.line}` : "";
}

/** bpftrace writes the null pointer as a bare 0. */
function formatAddress(address: bigint): string {
	return address === 0n ? "0" : `0x${address.toString(16)}`;
}

function probedBinaries(plan: Pick<Plan, "attach">): readonly string[] {
	const paths = plan.attach.map(({ target }) =>
		target.kind === "uprobe" ? target.path : undefined,
	);
	return [...new Set(paths.filter((path) => path !== undefined))];
}

type StackReader = (map: string, id: number) => readonly bigint[];

/** Ids below zero are errors of the kernel: no stack could be had, or none kept. */
function stackReader({ plan, libc, maps }: SymbolsOptions): StackReader {
	const plans = new Map<string, MapPlan>();
	for (const map of plan.maps) plans.set(map.symbol, map);
	return (wanted, id) => {
		const beside = isKeptBeside(id);
		const symbol = beside ? moreStacksOf(wanted) : wanted;
		const fd = maps.get(symbol);
		const shape = plans.get(symbol);
		if (id < 0 || fd === undefined || shape === undefined) return [];
		const key = libc.ffi.allocate(8);
		const value = libc.ffi.allocate(shape.valueSize);
		if (beside) key.view.setBigUint64(0, BigInt(id), true);
		else key.view.setUint32(0, id, true);
		if (lookupElement(libc, fd, key, value) < 0) return [];
		const { buffer, byteOffset } = value.bytes;
		return trimZeros(
			new BigUint64Array(buffer, byteOffset, shape.valueSize / 8),
		);
	};
}
