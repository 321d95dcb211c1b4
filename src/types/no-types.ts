// The type source of a machine without BTF: it knows nothing.
import type { TypeSource } from "./type-source.ts";

export const noTypes: TypeSource = {
	struct: () => undefined,
	members: () => [],
	enum: () => undefined,
	enumerators: () => [],
	typedef: () => undefined,
	constant: () => undefined,
	names: () => [],
};
