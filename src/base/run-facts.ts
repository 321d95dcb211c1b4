// What programs want to know of a run and only the run time can tell: cells of one small map, written before any
// program runs. Their numbers are part of the Plan's meaning.

export const runFacts = {
	/** The boot-time clock in nanoseconds when tracing began. */
	began: 0,
	/** The process that `-c` started; 0 for none. */
	childPid: 1,
	/** CPUs that the machine may have. */
	cpus: 2,
	/** International atomic time less the monotonic clock, in nanoseconds. */
	taiOffset: 3,
} as const;

export type RunFact = keyof typeof runFacts;

export const runFactCount = Object.keys(runFacts).length;
