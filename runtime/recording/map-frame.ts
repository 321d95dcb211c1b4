// A map's contents as a recording keeps them, and back, checked against the Plan.
import { builtinNamed } from "../../src/builtins/index.ts";
import type { MapPlan, ScriptMap } from "../../src/plan.ts";
import { intType } from "../../src/types/types.ts";
import type { MapContents } from "../maps/read.ts";
import { Damage } from "./damage.ts";
import type { Frame } from "./frames.ts";

type MapFrame = Frame & { readonly frame: "map" };

/** Contents of the Plan's map of that symbol. */
export function mapFrame(symbol: string, contents: MapContents): MapFrame {
	const { count, keySize, valueStride, cpus } = contents;
	return {
		frame: "map",
		symbol,
		count,
		cpus,
		keys: base64(contents.keys, count * keySize),
		values: base64(contents.values, count * valueStride),
	};
}

function base64(bytes: Uint8Array, length: number): string {
	return Buffer.from(bytes.buffer, bytes.byteOffset, length).toString("base64");
}

/** The same again; throws Damage where the Plan's map can't hold it. */
export function mapContents(plan: MapPlan, frame: MapFrame): MapContents {
	const { count, cpus } = frame;
	const { keySize, valueSize } = plan;
	const perCpu = plan.type.includes("percpu");
	const cpuStride = perCpu ? (valueSize + 7) & ~7 : valueSize;
	const valueStride = cpus * cpuStride;
	const keys = copyOf(frame.keys);
	const values = copyOf(frame.values);
	if (
		(!perCpu && cpus !== 1) ||
		keys.length !== count * keySize ||
		values.length !== count * valueStride
	)
		throw new Damage(`the contents of ${frame.symbol} have the wrong size`);
	if (plan.script?.bucketed) checkBuckets(plan.script, keys, keySize);
	return {
		count,
		keys,
		values,
		keySize,
		valueSize,
		valueStride,
		cpuStride,
		cpus,
	};
}

/** On a buffer of its own, as views of it are made from its start. */
function copyOf(base64Text: string): Uint8Array {
	return new Uint8Array(Buffer.from(base64Text, "base64"));
}

const mostBuckets = 1_000_000;

/** A bucket far out would be printed after millions of empty rows. */
function checkBuckets(
	{ name, value }: ScriptMap,
	keys: Uint8Array,
	keySize: number,
): void {
	const limit =
		value.kind === "aggregate" ? bucketCount(value.name, value.params) : 0;
	const view = new DataView(keys.buffer);
	for (let end = keySize; end <= keys.length; end += keySize)
		if (view.getUint32(end - 4, true) >= limit)
			throw new Damage(`@${name} has a bucket that is none`);
}

function bucketCount(
	name: string,
	params: Readonly<Record<string, string | number | boolean>>,
): number {
	const cells = builtinNamed(name)?.aggregate?.cells({
		kind: "aggregate",
		name,
		params,
		of: intType(8, true),
	});
	const count = cells && "buckets" in cells ? cells.buckets : 0;
	if (!(count <= mostBuckets)) throw new Damage("it has too many buckets");
	return count;
}
