// The `unstable_*` switches: what bpftrace calls unstable can be refused or warned of, for scripts that must run there too.
import type { Item, Script } from "../../grammar/ast.ts";
import { importsIn } from "../../grammar/imports-inside.ts";
import type { Diagnostics, MessageArgs } from "../base/diagnostics.ts";
import type { MessageCode } from "../base/messages.ts";
import type { Configuration } from "./config.ts";

const switches: Partial<
	Record<Item["kind"], readonly [variable: string, what: string]>
> = {
	import: ["unstable_import", "import"],
	macro: ["unstable_macro", "macro"],
	"map-declaration": ["unstable_map_decl", "the declaration of a map"],
};

/** What to say of something that a switch is about. */
export function verdictOn(
	configuration: Configuration,
	variable: string,
	what: string,
): readonly [MessageCode, MessageArgs] | undefined {
	const value = configuration.get(variable);
	const args = { what, variable };
	if (value === "error") return ["E0251", args];
	return value === "warn" ? ["W0203", args] : undefined;
}

export function reportUnstable(
	script: Script,
	configuration: Configuration,
	diagnostics: Diagnostics,
): void {
	const asked = configuration.get("unstable_import") !== "enable";
	const inside = asked
		? script.items.filter(({ kind }) => kind !== "import").flatMap(importsIn)
		: [];
	for (const item of [...script.items, ...inside]) {
		const [variable, what] = switches[item.kind] ?? [];
		if (variable === undefined || what === undefined) continue;
		const verdict = verdictOn(configuration, variable, what);
		if (verdict) diagnostics.report(...verdict, { span: item.span });
	}
}
