// Reads the text form of run-time cases. README.md in this folder describes it for those who write them.

/** A helper file that a case finds in its own folder. */
export interface CaseFile {
	readonly name: string;
	readonly text: string;
}

/** Which signal ends kask once the `while` command is done. */
export type StopSignal = "SIGINT" | "SIGTERM";

export interface TestCase {
	readonly name: string;
	/** Where it stands, as file:line. */
	readonly place: string;
	readonly script: string | undefined;
	/** Words of a shell line, put before the script. */
	readonly args: string;
	readonly files: readonly CaseFile[];
	readonly env: Readonly<Record<string, string>>;
	readonly stdin: string;
	/** Shell commands: before kask starts; running beside it as $TARGET_PID; once probes are attached. */
	readonly prepare: string | undefined;
	readonly target: string | undefined;
	readonly during: string | undefined;
	readonly stop: StopSignal;
	readonly needs: readonly string[];
	readonly stdout: string | undefined;
	readonly expect: readonly string[];
	readonly match: readonly RegExp[];
	readonly absent: readonly RegExp[];
	readonly stderr: readonly RegExp[];
	readonly exit: number;
	readonly timeoutSeconds: number;
}

interface Field {
	readonly key: string;
	readonly argument: string;
	readonly lines: string[];
	readonly line: number;
}

const DEFAULT_TIMEOUT_SECONDS = 10;
const KEYS = new Set([
	...["name", "script", "args", "file", "env", "stdin", "prepare", "target"],
	...["while", "stop", "needs", "stdout", "expect", "match", "absent"],
	...["stderr", "exit", "timeout"],
]);

/** Says what is wrong with a case file, and where. */
export class CaseFileError extends Error {}

function fail(path: string, line: number, text: string): never {
	throw new CaseFileError(`${path}:${line}: ${text}`);
}

function readFields(path: string, text: string): Field[] {
	const fields: Field[] = [];
	for (const [index, line] of text.split("\n").entries()) {
		const current = fields.at(-1);
		const head = /^([a-z]+)(?: ([^\s:]+))?:(?: (.*))?$/.exec(line);
		if (line.startsWith("\t") && current) current.lines.push(line.slice(1));
		else if (line === "") current?.lines.push("");
		else if (line.startsWith("#")) continue;
		else if (head?.[1] && KEYS.has(head[1])) {
			const lines = head[3] === undefined ? [] : [head[3]];
			const argument = head[2] ?? "";
			fields.push({ key: head[1], argument, lines, line: index + 1 });
		} else fail(path, index + 1, `not a field of a case: ${line}`);
	}
	for (const field of fields) {
		// Blank lines after a field only set it off from the next one.
		while (field.lines.at(-1) === "") field.lines.pop();
	}
	return fields;
}

/** One case's fields, with the checks that all readers of a value share. */
class FieldReader {
	readonly #path: string;
	readonly #fields: readonly Field[];

	constructor(path: string, fields: readonly Field[]) {
		this.#path = path;
		this.#fields = fields;
	}

	all(key: string): readonly Field[] {
		return this.#fields.filter((field) => field.key === key);
	}

	text(key: string): string | undefined {
		const [field, second] = this.all(key);
		if (second) fail(this.#path, second.line, `${key} is given twice`);
		return field?.lines.join("\n");
	}

	lines(key: string): string[] {
		return this.all(key).flatMap((field) => field.lines);
	}

	patterns(key: string): RegExp[] {
		return this.all(key).flatMap((field) =>
			field.lines.map((line) => {
				try {
					return new RegExp(line);
				} catch (error) {
					return fail(this.#path, field.line, String(error));
				}
			}),
		);
	}

	count(key: string, otherwise: number): number {
		const text = this.text(key);
		if (text === undefined) return otherwise;
		const line = this.all(key)[0]?.line ?? 0;
		return /^\d+$/.test(text)
			? Number(text)
			: fail(this.#path, line, `${key} must be a number`);
	}

	stop(): StopSignal {
		const text = this.text("stop") ?? "SIGINT";
		if (text === "SIGINT" || text === "SIGTERM") return text;
		const line = this.all("stop")[0]?.line ?? 0;
		return fail(this.#path, line, "stop is SIGINT or SIGTERM");
	}

	env(): Record<string, string> {
		return Object.fromEntries(
			this.lines("env").map((line) => {
				const at = line.indexOf("=");
				return [line.slice(0, at), line.slice(at + 1)];
			}),
		);
	}
}

function buildCase(path: string, head: Field, fields: Field[]): TestCase {
	const reader = new FieldReader(path, fields);
	const script = reader.text("script");
	const args = reader.text("args");
	if (script === undefined && args === undefined) {
		fail(path, head.line, "a case needs a script or args");
	}
	return {
		name: head.lines.join(" "),
		place: `${path}:${head.line}`,
		script,
		args: args ?? "",
		files: reader.all("file").map((field) => ({
			name: field.argument,
			text: `${field.lines.join("\n")}\n`,
		})),
		env: reader.env(),
		stdin: reader.text("stdin") ?? "",
		prepare: reader.text("prepare"),
		target: reader.text("target"),
		during: reader.text("while"),
		stop: reader.stop(),
		needs: reader.lines("needs").flatMap((line) => line.split(/[\s,]+/)),
		stdout: reader.text("stdout"),
		expect: reader.lines("expect"),
		match: reader.patterns("match"),
		absent: reader.patterns("absent"),
		stderr: reader.patterns("stderr"),
		exit: reader.count("exit", 0),
		timeoutSeconds: reader.count("timeout", DEFAULT_TIMEOUT_SECONDS),
	};
}

/** All cases of one file; throws CaseFileError. */
export function parseCases(path: string, text: string): TestCase[] {
	const fields = readFields(path, text);
	const starts = fields.flatMap((field, at) =>
		field.key === "name" ? at : [],
	);
	const first = fields[0];
	if (first && starts[0] !== 0)
		fail(path, first.line, "a case starts with name");
	const cases = starts.map((start, at) => {
		const own = fields.slice(start, starts[at + 1]);
		return buildCase(path, own[0] ?? fail(path, 0, "empty case"), own);
	});
	const names = new Set<string>();
	for (const { name, place } of cases) {
		if (names.has(name)) throw new CaseFileError(`${place}: "${name}" twice`);
		names.add(name);
	}
	return cases;
}
