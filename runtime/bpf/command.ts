// bpf(2): its commands and the structure they all take. Called directly rather than through libbpf, so that what a
// kernel offers does not depend on the age of the installed libbpf. Offsets are those of `union bpf_attr`.

import type { Libc } from "../ffi/libc.ts";
import { Attr } from "./attr.ts";

export const Command = {
	mapCreate: 0,
	mapLookup: 1,
	mapUpdate: 2,
	mapDelete: 3,
	mapNextKey: 4,
	programLoad: 5,
	objectPin: 6,
	programRun: 10,
	programNextId: 11,
	programFdById: 13,
	objectInfo: 15,
	btfById: 19,
	rawTracepointOpen: 17,
	btfFdById: 19,
	mapFreeze: 22,
	mapLookupBatch: 24,
	mapLookupAndDeleteBatch: 25,
	mapUpdateBatch: 26,
	mapDeleteBatch: 27,
	linkCreate: 28,
	enableStats: 32,
	iteratorCreate: 33,
} as const;

// Longer than any command needs; kernels accept a tail of zeros.
const ATTR_BYTES = 152;

/** An empty attribute structure. */
export function attr(libc: Libc): Attr {
	return new Attr(libc.ffi, ATTR_BYTES);
}
