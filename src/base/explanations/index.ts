// Every message explained at length, by its code. `kask help` alone needs them.
import { builtinsExplanations } from "./builtins.ts";
import { commandLineExplanations } from "./command-line.ts";
import type { Explanations } from "./explanation.ts";
import { lessonExplanations } from "./lessons.ts";
import { namesExplanations } from "./names.ts";
import { moreNamesExplanations } from "./names-more.ts";
import { probesExplanations } from "./probes.ts";
import { runningExplanations } from "./running.ts";
import { syntaxExplanations } from "./syntax.ts";

export const explanations: Explanations = {
	...syntaxExplanations,
	...namesExplanations,
	...moreNamesExplanations,
	...probesExplanations,
	...builtinsExplanations,
	...runningExplanations,
	...commandLineExplanations,
	...lessonExplanations,
};
