// Reads what the kernel's verifier says of a program it refused: the script line, the telling lines, what to do.
// Source lines come as `; text` before Linux 6.9 and as `; text @ file:line` since; wordings change from 7.3 on,
// so whatever is not recognised is shown as it is.
import { type VerifierRule, verifierRules } from "./verifier-rules.ts";

export interface VerifierVerdict {
	/** The message the verifier ended with. */
	readonly reason: string;
	/** Place in the script where it stopped, as far as the log tells. */
	readonly line?: number;
	readonly file?: string;
	/** Text of the script line, where only that is told. */
	readonly text?: string;
	/** The last lines before the verdict: the instruction and its registers. */
	readonly telling: readonly string[];
	/** The kernel's helper that it stopped at, where the instruction before calls one. */
	readonly helper?: string;
	/** What it means, where its words are known. */
	readonly rule?: VerifierRule;
}

const source = /^; (.*?)(?: @ (.+):(\d+))?$/;
/** Lines that carry no meaning of their own. */
const noise =
	/^(processed \d+ insns|verification time|stack depth|mark_precise|-- (BEGIN|END)|libbpf:|from \d+ to \d+|Validating|Func#|$)/;

export function readVerifierLog(log: string): VerifierVerdict {
	const lines = log.split("\n").map((l) => l.trimEnd());
	const end = lines.findIndex(
		(l) => l.startsWith("processed ") || l.startsWith("-- END"),
	);
	const told = lines
		.slice(0, end < 0 ? undefined : end)
		.filter((l) => !noise.test(l));
	// The verdict is mostly the last line, but states may be listed after it.
	const messages = told.filter((l) => !source.test(l));
	const rule = verifierRules.find((r) =>
		messages.slice(-6).some((l) => r.pattern.test(l)),
	);
	const at = rule
		? messages.findLastIndex((l) => rule.pattern.test(l))
		: messages.length - 1;
	const place = told
		.map((l) => source.exec(l))
		.findLast((m) => m !== null && m[3] !== "0");
	const reason = messages[at] ?? "it gave no reason";
	const helper = /\bcall (\w+)#\d+/.exec(messages[at - 1] ?? "")?.[1];
	return {
		reason,
		telling: messages.slice(Math.max(0, at - 3), at),
		...(place?.[3] ? { file: place[2] ?? "", line: Number(place[3]) } : {}),
		...(place?.[1] ? { text: place[1] } : {}),
		...(rule ? { rule } : {}),
		...(helper === undefined ? {} : { helper }),
	};
}
