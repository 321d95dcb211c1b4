// Long text through the user's pager, as git does it: $PAGER, else less.
import { spawnSync } from "node:child_process";

/** What a shell says of a command that is not there. */
const notFound = 127;

/** False where there is no pager, and nothing was shown. */
export function page(text: string): boolean {
	const pager = process.env.PAGER ?? "less";
	if (pager === "" || pager === "cat") return false;
	// F: ends at once where all fits; R: colours; X: what was shown stays on the screen.
	const env = { LESS: "FRX", ...process.env };
	// Ctrl-C is for the pager.
	const ignore = () => {};
	process.on("SIGINT", ignore);
	// The variable holds a shell's command line, of the user's own.
	const done = spawnSync(pager, {
		shell: true,
		input: text,
		stdio: ["pipe", "inherit", "inherit"],
		env,
	});
	process.off("SIGINT", ignore);
	return done.error === undefined && done.status !== notFound;
}
