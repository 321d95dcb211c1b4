// Slices of the kernel's structs: only the fields that the script uses, in C that libbpf relocates by name against
// the running kernel's BTF. Fields of anonymous members stand flat; libbpf finds them through their members.

import { cIdentifier } from "../base/c-text.ts";
import { sizeOf } from "../types/layout.ts";
import type { TypeSource } from "../types/type-source.ts";
import type { Member, StructType, Type } from "../types/types.ts";

interface Slice {
	readonly type: StructType;
	readonly cName: string;
	/** Field name → C declaration without semicolon. */
	readonly fields: Map<string, string>;
}

export class StructSlices {
	readonly #types: TypeSource;
	readonly #slices = new Map<string, Slice>();
	#enums = 0;

	constructor(types: TypeSource) {
		this.#types = types;
	}

	/** `struct task_struct`, declared by the time it is used. */
	use(type: StructType): string {
		const key = `${type.kind} ${type.name}`;
		let slice = this.#slices.get(key);
		if (!slice) {
			const cName = `${type.kind} ${this.#tag(type)}`;
			slice = { type, cName, fields: new Map() };
			this.#slices.set(key, slice);
		}
		return slice.cName;
	}

	/** Makes a member known to C. False where it can't be had by name. */
	useField(of: StructType, name: string): boolean {
		const member = this.#find(of, name);
		if (!member) return false;
		this.use(of);
		const slice = this.#slices.get(`${of.kind} ${of.name}`);
		if (!slice || slice.fields.has(name)) return slice !== undefined;
		const declared = this.#declare(member.type, cIdentifier(name));
		if (declared === undefined) return false;
		slice.fields.set(
			name,
			`${declared}${member.bits ? ` : ${member.bits.size}` : ""}`,
		);
		return true;
	}

	/** C text of all slices, inner ones first. */
	lines(): string[] {
		const out: string[] = [];
		const done = new Set<Slice>();
		const print = (slice: Slice) => {
			if (done.has(slice)) return;
			done.add(slice);
			for (const inner of this.#needed(slice)) print(inner);
			out.push(`${slice.cName} {`);
			for (const field of slice.fields.values()) out.push(`\t${field};`);
			// clang 22 crashes on members of an empty struct.
			if (slice.fields.size === 0) out.push("\tu8 unused;");
			out.push("} __kernel_struct;", "");
		};
		for (const slice of this.#slices.values()) print(slice);
		return out;
	}

	#needed(slice: Slice): Slice[] {
		return [...slice.fields.values()].flatMap((field) => {
			const held = [...this.#slices.values()].find(
				(s) => s !== slice && field.startsWith(`${s.cName} `),
			);
			return held ? [held] : [];
		});
	}

	/** Nameless structs get a name for C: as members they are found by the member's name alone. */
	#tag(type: StructType): string {
		return isAnonymous(type)
			? `nameless_${this.#slices.size}`
			: cIdentifier(type.name);
	}

	#find(of: StructType, name: string): Member | undefined {
		for (const member of this.#types.members(of)) {
			if (member.name === name) return member;
			if (member.name !== "") continue;
			if (member.type.kind !== "struct" && member.type.kind !== "union")
				continue;
			const inner = this.#find(member.type, name);
			if (inner) return inner;
		}
		return undefined;
	}

	#declare(type: Type, name: string): string | undefined {
		switch (type.kind) {
			case "int":
				return `${type.signed ? "s" : "u"}${type.size * 8} ${name}`;
			case "bool":
				return `bool ${name}`;
			case "pointer":
				return `void *${name}`;
			case "enum":
				return `${this.#enumOf(type.size)} ${name}`;
			case "string":
				return `char ${name}[${type.size}]`;
			case "array":
				// `[0]` stands for a flexible array too.
				return this.#declare(type.of, `${name}[${type.count}]`);
			case "struct":
			case "union":
				return `${this.use(type)} ${name}`;
			default:
				return sizeOf(type) > 0 ? `u8 ${name}[${sizeOf(type)}]` : undefined;
		}
	}

	/** libbpf takes an enum for an enum only; a nameless one goes with any. */
	#enumOf(size: number): string {
		this.#enums++;
		const value = size === 8 ? " = 1ULL << 32" : "";
		const packed = size < 4 ? " __attribute__((packed))" : "";
		return `enum${packed} { kask_enum${this.#enums}${value} }`;
	}
}

/** Structs without a name can only be found as members of others. */
export function isAnonymous(type: StructType): boolean {
	return !/^[A-Za-z_]\w*$/.test(type.name);
}
