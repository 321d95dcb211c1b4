// file_number(): a figure out of a file such as /proc/meminfo.
import { toByteString } from "../base/byte-text.ts";
import type { OpaqueType } from "../types/types.ts";
import type { BuiltinDefinition, OpaqueDefinition } from "./definition.ts";

const mostBytes = 65_536;

/** The number in the first line that begins with `name`; undefined where there is none. */
export function numberBehind(text: string, name: string): bigint | undefined {
	const line = text.split("\n").find((l) => l.startsWith(name));
	const digits = line && /-?\d+/.exec(line.slice(name.length))?.[0];
	return digits ? BigInt(digits) : undefined;
}

const renderFileNumber: OpaqueDefinition = {
	text: (_, { path, name, div }, host) => {
		const file = host.readFile(String(path), mostBytes);
		const number = file.ok
			? numberBehind(file.bytes, toByteString(String(name)))
			: undefined;
		return number === undefined ? "?" : `${number / BigInt(Number(div))}`;
	},
};

export const fileNumber: BuiltinDefinition = {
	name: "file_number",
	group: "data",
	signatures: [
		"file_number(path: literal string, name: literal string, div?: literal int)",
	],
	doc: "The number that stands behind `name` at the start of a line in a file, divided by `div`; read when it is printed, with %s. `?` where there is none.",
	example:
		'begin { printf("%s MB free\\n", file_number("/proc/meminfo", "MemFree:", 1024)); exit(); }',
	check: (call): OpaqueType => {
		const [path, name, div] = call.args;
		if (typeof div?.constant === "bigint" && div.constant < 1n) {
			const wanted = "a divisor of at least 1";
			const help = 'file_number("/proc/meminfo", "MemFree:", 1024)';
			const args = { name: "file_number", wanted, help };
			call.report("E0464", args, { span: div.span });
		}
		const params = {
			path: String(path?.constant ?? ""),
			name: String(name?.constant ?? ""),
			div: Number(div?.constant ?? 1),
		};
		return { kind: "opaque", name: "file_number", size: 8, align: 8, params };
	},
	emitScalar: () => "0",
	opaque: renderFileNumber,
};
