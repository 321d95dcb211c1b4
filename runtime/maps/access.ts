// The loaded maps of a Plan, as printing needs them.
import type { MapPlan } from "../../src/plan.ts";
import type { Libc } from "../ffi/libc.ts";
import type { Failure, Result } from "../result.ts";
import { readMap } from "./read.ts";
import type { MapAccess } from "./script-maps.ts";
import { clearMap, zeroMap } from "./write.ts";

/** `descriptors` by the maps' symbols. What fails is told to `onFailure`, and the run goes on. */
export function kernelMaps(
	libc: Libc,
	descriptors: ReadonlyMap<string, number>,
	onFailure: (failure: Failure) => void,
): MapAccess {
	const value = <T>(result: Result<T>): T | undefined => {
		if (result.ok) return result.value;
		onFailure(result.failure);
		return undefined;
	};
	const descriptor = (map: MapPlan): number => {
		const fd = descriptors.get(map.symbol);
		if (fd === undefined)
			throw new Error(`E0916: the object has no map ${map.symbol}`);
		return fd;
	};
	return {
		read: (map) => value(readMap(libc, descriptor(map), map)),
		clear: (map) => value(clearMap(libc, descriptor(map), map)),
		zero: (map) => value(zeroMap(libc, descriptor(map), map)),
	};
}
