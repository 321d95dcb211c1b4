// Recording a run and showing it again.
export const recordingMessages = {
	E0821: {
		text: "{path} cannot be replayed: {why}",
		help: "kask replay wants what kask --record FILE has written",
	},
	E0822: {
		text: "{command} wants {what}",
		help: "kask --help shows how it is called",
	},
	E0823: {
		text: "{path} cannot be replayed to its end: {why}",
		help: "record it anew with kask --record FILE",
	},
	E0824: {
		text: "cannot record to {path}: {why}",
		help: "the run goes on without it",
	},
} as const;
