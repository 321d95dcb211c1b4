// uptr(): a pointer into the process.
import { spaceBuiltin } from "./address-space.ts";

export const uptr = spaceBuiltin("uptr", "user", "the process's memory");
