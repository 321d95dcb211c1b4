// print(): a map as it is when the event arrives, or any value.
import { voidType } from "../types/types.ts";
import type { BuiltinDefinition, TypedExpr } from "./definition.ts";
import { handlePrint } from "./handle/print.ts";

function numberOf(e: TypedExpr | undefined): number {
	return typeof e?.constant === "bigint" ? Number(e.constant) : 0;
}

export const print: BuiltinDefinition = {
	name: "print",
	group: "output",
	signatures: [
		"print(map: map, top?: literal int, div?: literal int)",
		"print(value: any)",
	],
	doc: "Prints a map, or the `top` entries with the greatest values, each divided by `div`; or any other value.",
	example: "begin { @x[1] = 10; print(@x); print(comm); exit(); }",
	onMap: "takes-whole",
	meant: 'printf("%d %s\\n", pid, comm) prints values in a format',
	check: (call) => {
		const [value, top] = call.args;
		if (value?.keys && top) {
			const wanted = "a whole map where it takes top and div";
			const help = `print(@${value.map?.name}, 5)`;
			call.report("E0464", { name: "print", wanted, help }, { span: top.span });
		}
		return voidType;
	},
	emitStatement: (emitter, { args, span }) => {
		const [value, top, div] = args;
		if (!value) return;
		if (!value.map) {
			emitter.event("print", {}, [{ name: "value", value }], span);
			return;
		}
		emitter.event(
			"print",
			{ map: value.map.name, top: numberOf(top), div: numberOf(div) },
			[],
			span,
		);
	},
	handle: handlePrint,
};
