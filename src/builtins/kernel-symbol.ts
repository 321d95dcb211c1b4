// Names of kernel symbols, as kaddr() and percpu_kaddr() take them.
import type { CheckCall } from "./definition.ts";

const shape = /^[A-Za-z_]\w*$/;

/** The symbol in the first argument; reports one that does not exist. */
export function checkSymbol(
	call: CheckCall,
	exists: (name: string) => boolean,
	help: string,
): void {
	const [argument] = call.args;
	const symbol = String(argument?.constant);
	if (shape.test(symbol) && exists(symbol)) return;
	call.report("E0476", { symbol }, { span: argument?.span, help });
}
