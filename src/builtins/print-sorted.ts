// print_sorted(): the lines that sort_line() kept, sorted.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition } from "./definition.ts";
import { numberParam } from "./handle/event-params.ts";

export const printSorted: BuiltinDefinition = {
	name: "print_sorted",
	group: "output",
	signatures: ["print_sorted(most?: literal int)"],
	doc: "Prints the lines that sort_line() has kept since the last time, those of the greatest order first, and forgets them; of more than `most`, only the first.",
	example:
		'interval:ms:100 { sort_line(1, "%s\\n", "second"); sort_line(2, "%s\\n", "first"); print_sorted(10); exit(); }',
	check: (call) => {
		const most = call.args[0];
		if (typeof most?.constant === "bigint" && most.constant < 0n) {
			const wanted = "a number of lines";
			const help = "print_sorted(20)";
			const args = { name: "print_sorted", wanted, help };
			call.report("E0464", args, { span: most.span });
		}
		return voidType;
	},
	emitStatement: (emitter, { args, span }) => {
		const most = args[0]?.constant;
		const params = { most: typeof most === "bigint" ? Number(most) : -1 };
		emitter.event("print_sorted", params, [], span);
	},
	handle: (event, host) => {
		const most = numberParam(event, "most");
		const lines = host.sorted.take();
		for (const text of most < 0 ? lines : lines.slice(0, most))
			host.out.text("printf", text);
	},
};
