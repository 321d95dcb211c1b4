// What `kask help CODE` tells of messages about lessons. See explanation.ts.
import type { Explanations } from "./explanation.ts";

export const lessonExplanations = {
	E0841: {
		why: "A lesson is a folder with lesson.md, lesson.json, demo.bt and solution.bt. One of them is missing, or says something that kask does not understand; the message names the place.",
	},
	E0842: {
		why: "Lessons are named by their numbers, or by their folders' names with or without the number.",
		wrong: "kask learn hallo",
		right: "kask learn hello",
		seen: "in the shell",
	},
	E0843: {
		why: "A lesson runs shell commands of its own, which make the event happen that the script is to see. They failed, for the reason shown; the script was not judged.",
	},
	E0845: {
		why: "--from names a folder that holds folders, one a lesson. None of those that are there has a lesson.md.",
		wrong: "kask learn --from /etc",
		right: "kask learn list",
		seen: "in the shell",
	},
	W0841: {
		why: "Which lessons are done is kept in ~/.local/state/kask (or $XDG_STATE_HOME/kask), and that folder cannot be written. Everything else works.",
	},
} satisfies Explanations;
