// kptr(): a pointer into the kernel.
import { spaceBuiltin } from "./address-space.ts";

export const kptr = spaceBuiltin("kptr", "kernel", "the kernel's memory");
