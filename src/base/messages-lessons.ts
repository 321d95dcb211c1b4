// Lessons.
export const lessonMessages = {
	E0841: {
		text: "the lesson in {folder} is broken: {why}",
		help: "examples/lessons/README.md tells what a lesson holds",
	},
	E0842: {
		text: "there is no lesson {name}",
		help: "kask learn list shows them",
	},
	E0843: {
		text: "lesson {name} cannot be run: {why}",
		help: "kask learn list shows the others",
	},
	E0845: {
		text: "there are no lessons in {folder}",
		help: "a lesson is a folder with lesson.md, lesson.json, demo.bt and solution.bt",
	},
	W0841: {
		text: "how far you are cannot be kept: {why}",
		help: "set XDG_STATE_HOME to a folder of your own",
	},
} as const;
