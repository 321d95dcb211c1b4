// uretprobe: the return of functions of programs and libraries.

import { registerLayout } from "../base/registers.ts";
import { uint64 } from "../types/types.ts";
import type { ProbeProvider } from "./definition.ts";
import { listedUserSpec, missingUserPlace, userMatches } from "./uprobe.ts";
import { userPlaces } from "./user-function.ts";

export const uretprobe: ProbeProvider = {
	name: "uretprobe",
	aliases: ["ur"],
	forms: ["uretprobe:FILE:FUNCTION", 'uretprobe:FILE:cpp:"NAME"'],
	doc: "The return of a function of a program or library, with its result in retval. Not for Go, which moves its stacks.",
	fires:
		"when the function returns (only in the process of -p, where given), in the thread that called",
	example: "uretprobe:libc:malloc { @failed = sum(retval == 0); }",
	needs: "uprobe",
	resolve: (spec, context) =>
		userMatches(uretprobe, true, spec, context).map((match) => ({
			...match,
			retval: () => uint64,
			retvalOffset: registerLayout().result,
		})),
	*list(parts, environment) {
		for (const place of userPlaces(listedUserSpec(parts), environment))
			yield `uretprobe:${place.path}${place.text}`;
	},
	missing: missingUserPlace,
};
