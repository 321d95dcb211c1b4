/** How the frames of a stack are printed; docs/language.md tells what each is for. */
export const stackModes = [
	"bpftrace",
	"perf",
	"raw",
	"build_id",
	"names",
	"names_k",
	"folded",
	"folded_k",
] as const;

export type StackMode = (typeof stackModes)[number];
