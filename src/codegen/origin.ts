// From a span of the script to the line that C text stands for.
import type { Span } from "../base/source.ts";
import type { Place } from "../plan.ts";
import type { Origin } from "./region.ts";

export function originOf(span: Span): Origin {
	return {
		file: span.source.name,
		line: span.source.position(span.start).line,
	};
}

export function placeOf(span: Span): Place {
	return { file: span.source.name, ...span.source.position(span.start) };
}
