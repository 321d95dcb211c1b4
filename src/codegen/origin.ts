// From a span of the script to the line that C text stands for.
import type { Span } from "../base/source.ts";
import type { Place } from "../plan.ts";
import type { IrExpr } from "../semantic/ir-expressions.ts";
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

/** Where a failure to read `e` is told: of `((struct s *)p).m` at the pointer, without the parentheses around it. */
export function readSpan(e: IrExpr): Span {
	if (e.kind !== "place" || e.base.kind !== "pointer") return e.span;
	const { span } = e.base.pointer;
	const isInside =
		span.source === e.span.source &&
		span.start >= e.span.start &&
		span.end <= e.span.end;
	return isInside ? span : e.span;
}
