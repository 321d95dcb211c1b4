// What a script of the tests says about how it is run.
import type { Surroundings } from "./check-text.ts";

/** `// without: kprobe btf`, `// parameters: 1 x` and `// unsafe` in a script. */
export function headOf(script: string): Surroundings {
	const words = (name: string) =>
		new RegExp(`^// ${name}: (.*)$`, "m").exec(script)?.[1]?.split(" ") ?? [];
	const unsafe = /^\/\/ unsafe$/m.test(script);
	return {
		without: words("without"),
		parameters: words("parameters"),
		options: { unsafe },
	};
}
