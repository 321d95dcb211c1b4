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
	/** 0 until the script has called exit(); 1 then; 256 + the code where there was no room to tell of it. */
	ended: 4,
} as const;

/** In `ended`, besides the code: that the event was lost. */
export const endedUnheard = 256;

export type RunFact = keyof typeof runFacts;

export const runFactCount = Object.keys(runFacts).length;
