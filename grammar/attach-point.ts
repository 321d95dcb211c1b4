// Probe specs such as `usdt:/bin/x:ns:probe` are raw text with rules of their own: where one ends in the script, and
// what its parts are. Which parts a provider wants is the provider's business.
import type { Source, Span } from "../src/base/source.ts";
import type { AttachPart, AttachPoint, Name } from "./ast.ts";
import { matchAt } from "./scan.ts";

const QUOTED = /"(?:\\.|[^"\\\n])*"/y;
const STOP = /[\s{},;]|\?\?/y;
/** `{read,pread64}`: any of these. With a comma and without spaces it is no body. */
const ONE_OF = /\{[\w*?.]*(?:,[\w*?.]*)+\}/y;
/** From a slash up to another one directly before `{`, with none between: a predicate written without a space before it. */
const PREDICATE = /\/[^/{]*\/\s*\{/y;

/** The end of the probe spec that begins at `offset`. */
export function attachPointEnd(text: string, offset: number): number {
	let at = offset;
	let colon = false;
	while (at < text.length) {
		const oneOf = colon ? matchAt(ONE_OF, text, at) : -1;
		if (oneOf < 0 && matchAt(STOP, text, at) >= 0) break;
		const char = text.charAt(at);
		if (char === "/" && opensPredicate(text, at, colon)) break;
		if (char === ":") colon = true;
		at = Math.max(at + 1, oneOf, matchAt(QUOTED, text, at));
	}
	return at;
}

/** A `/` inside a spec belongs to a path, unless there can be none yet or a whole predicate follows. */
function opensPredicate(text: string, at: number, colon: boolean): boolean {
	if (!colon) return true;
	return text.charAt(at - 1) !== ":" && matchAt(PREDICATE, text, at) >= 0;
}

const PROBE = /[A-Za-z_*][\w*=]*:[\w*./"$][^\s{},;]*/y;
const PROBE_FOLLOWS = /\s*(?:\{|\/|,)/y;
const SPECIAL = /(?:begin|end|BEGIN|END)\s*\{/y;

/** True where a probe seems to begin though code is still open. `strict` asks for more than just its spec. */
export function looksLikeProbe(
	text: string,
	offset: number,
	strict: boolean,
): boolean {
	if (matchAt(SPECIAL, text, offset) >= 0) return true;
	const end = matchAt(PROBE, text, offset);
	return end >= 0 && (!strict || matchAt(PROBE_FOLLOWS, text, end) >= 0);
}

interface Piece {
	readonly raw: string;
	readonly start: number;
}

/** Cuts at `:` and around `@`, outside quotes. */
function splitParts(raw: string, start: number): Piece[] {
	const pieces: Piece[] = [];
	let from = 0;
	let at = 0;
	while (at < raw.length) {
		const char = raw.charAt(at);
		if (char === ":" || char === "@") {
			pieces.push({ raw: raw.slice(from, at), start: start + from });
			if (char === "@") pieces.push({ raw: "@", start: start + at });
			from = at + 1;
		}
		at = Math.max(at + 1, matchAt(QUOTED, raw, at));
	}
	pieces.push({ raw: raw.slice(from), start: start + from });
	return pieces;
}

/** Builds the node of a spec whose text is `raw`, found at `start`. */
export function buildAttachPoint(
	source: Source,
	raw: string,
	start: number,
): AttachPoint {
	const span = (from: number, length: number): Span => ({
		source,
		start: from,
		end: from + length,
	});
	const [head = { raw: "", start }, ...rest] = splitParts(raw, start);
	const prefix = /^([^="]+)=(?=.)/.exec(head.raw);
	const label = prefix?.[1] ?? "";
	const skipped = prefix?.[0].length ?? 0;
	const name: Name | undefined = prefix
		? { kind: "name", text: label, span: span(start, label.length) }
		: undefined;
	const provider: Name = {
		kind: "name",
		text: head.raw.slice(skipped),
		span: span(start + skipped, head.raw.length - skipped),
	};
	const parts: AttachPart[] = rest.map((piece) => ({
		text: unquote(piece.raw),
		quoted: /^"(?:\\.|[^"\\])*"$/.test(piece.raw),
		raw: piece.raw,
		span: span(piece.start, piece.raw.length),
	}));
	return { name, provider, parts, span: span(start, raw.length) };
}

const QUOTED_PIECES = /"((?:\\.|[^"\\])*)"/g;

function unquote(raw: string): string {
	return raw.replace(QUOTED_PIECES, (_, inner: string) =>
		inner.replace(/\\(.)/g, "$1"),
	);
}

/** Where a quote stands in a spec that nothing closes; -1 where there is none. */
export function openQuote(raw: string): number {
	return raw
		.replace(QUOTED_PIECES, (piece) => " ".repeat(piece.length))
		.indexOf('"');
}

/** The spec as it is written: the inverse of `buildAttachPoint`. */
export function attachPointText(point: AttachPoint): string {
	let text = point.name ? `${point.name.text}=` : "";
	text += point.provider.text;
	let joined = false;
	for (const part of point.parts) {
		const at = part.raw === "@";
		text += at || joined ? part.raw : `:${part.raw}`;
		joined = at;
	}
	return text;
}
