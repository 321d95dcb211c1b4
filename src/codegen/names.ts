// Names of C locals: readable, unique in their function, and clear of C's own words.

const reserved = new Set(
	`auto break case char const continue default do double else enum extern float for goto if inline int long register
	restrict return short signed sizeof static struct switch typedef union unsigned void volatile while typeof asm
	u8 u16 u32 u64 s8 s16 s32 s64 bool NULL ctx ring losses captured context scratch main
	loop_index loop_map loop_key loop_value`.split(/\s+/),
);

export class Names {
	readonly #taken = new Set<string>();

	/** `hint`, or `hint2`, `hint3` … where it is taken. */
	fresh(hint: string): string {
		const base = /^[A-Za-z_]\w*$/.test(hint) ? hint : "value";
		const first = reserved.has(base) ? `${base}_` : base;
		let name = first;
		for (let n = 2; this.#taken.has(name); n++) name = `${first}${n}`;
		this.#taken.add(name);
		return name;
	}
}

/** A field's name as C takes it. */
export function fieldName(name: string): string {
	const plain = /^[A-Za-z_]\w*$/.test(name)
		? name
		: `f_${name.replace(/\W/g, "_")}`;
	return reserved.has(plain) ? `${plain}_` : plain;
}
