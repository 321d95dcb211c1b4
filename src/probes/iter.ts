// iter: goes once through all objects of a kind that the kernel has, such as tasks or open files.
import type { KernelTypeSource } from "../types/type-source.ts";
import type { Member, StructBody, StructType } from "../types/types.ts";
import { trust } from "./arguments.ts";
import type {
	Missing,
	ProbeEnvironment,
	ProbeProvider,
	SpecText,
} from "./definition.ts";
import { filterGlob } from "./glob.ts";
import { checkNoWildcard, checkParts, partSpan, suggest } from "./spec.ts";

/** The kernel calls the context of the iterator over tasks `struct bpf_iter__task`. */
const prefix = "bpf_iter__";
/** Further structs say which members of a context the verifier trusts: `bpf_iter__task__safe_trusted`. */
const isMark = /__safe_/;
const bpffs = "/sys/fs/bpf/";

export const iter: ProbeProvider = {
	name: "iter",
	aliases: ["it"],
	forms: ["iter:OBJECT", "iter:OBJECT:PIN"],
	doc: "Goes once through all objects of a kind: tasks, open files, memory areas, maps. With a pin, reading that file runs it.",
	fires: "once for each object, in the process that reads the iterator",
	example: 'iter:task { printf("%s\\n", args.task.comm); }',
	needs: "iter",
	listing: "kernel",
	resolve(spec, context) {
		const { kernelTypes } = context.environment;
		const parts = checkParts(spec, 1, 2, iter, context);
		if (
			parts === undefined ||
			!checkNoWildcard(spec, 0, "an iterator", context)
		)
			return [];
		const [name = "", pin] = parts;
		if (!kernelTypes || !contextOf(name, kernelTypes)) return [];
		return [
			{
				probe: `iter:${name}`,
				target:
					pin === undefined
						? { kind: "iter" }
						: { kind: "iter", pin: absolutePin(pin) },
				programType: "iter",
				section: `iter/${name}`,
				hasRegisters: false,
				args: () => contextMembers(name, kernelTypes),
			},
		];
	},
	*list([pattern = "*"], { kernelTypes }) {
		const names = kernelTypes ? iteratorNames(kernelTypes) : [];
		for (const name of filterGlob(names, pattern)) yield `iter:${name}`;
	},
	missing,
};

function absolutePin(pin: string): string {
	return pin.startsWith("/") ? pin : `${bpffs}${pin}`;
}

function iteratorNames(types: KernelTypeSource): readonly string[] {
	const names = new Set<string>();
	for (const name of types.names("struct"))
		if (name.startsWith(prefix) && !isMark.test(name))
			names.add(name.slice(prefix.length));
	return [...names].sort();
}

function contextOf(
	name: string,
	types: KernelTypeSource,
): StructType | undefined {
	return isMark.test(name)
		? undefined
		: types.struct("struct", `${prefix}${name}`);
}

/** Each member of the context is a pointer in a union of its own, which only widens it to 64 bits. */
function contextMembers(
	name: string,
	types: KernelTypeSource,
): StructBody | undefined {
	const type = contextOf(name, types);
	if (type === undefined) return undefined;
	const members = types.members(type).flatMap((member): readonly Member[] => {
		const { type: inner } = member;
		if (
			member.name !== "" ||
			(inner.kind !== "union" && inner.kind !== "struct")
		)
			return [member];
		return types
			.members(inner)
			.map((m) => ({ ...m, offset: member.offset + m.offset }));
	});
	return {
		type: { ...type, origin: `args:iter:${name}` },
		// `meta` serves the kernel's own bookkeeping.
		members: members
			.filter((m) => m.name !== "meta")
			.map((m) => ({ ...m, type: trust(m.type) })),
	};
}

function missing(spec: SpecText, { kernelTypes }: ProbeEnvironment): Missing {
	const name = spec.parts[0] ?? "";
	const names = kernelTypes ? iteratorNames(kernelTypes) : [];
	const help = suggest(name, names, `it has ${names.join(", ")}`);
	return {
		code: "E0324",
		args: { name },
		options: { span: partSpan(spec, 0), help },
	};
}
