// The lines of one C function being written, in the block where the writer stands.
import type { Span } from "../base/source.ts";
import type { Names } from "./names.ts";
import { type Origin, Region, type RegionOptions } from "./region.ts";

export class CodeWriter {
	readonly root: Region;
	readonly names: Names;
	current: Region;
	/** The script's line that is being written about. */
	origin: Origin | undefined;
	/** The expression that is being written. */
	span: Span | undefined;

	constructor(names: Names, origin: Origin | undefined) {
		this.names = names;
		this.origin = origin;
		this.root = new Region(undefined, origin);
		this.current = this.root;
	}

	line(text: string): void {
		this.current.line(text, this.origin);
	}

	block(head: string, body: () => void): void {
		this.within(this.region({ head }), body);
	}

	/** A new region after all that has been written. */
	region(options: RegionOptions = {}): Region {
		const region = new Region(this.current, this.origin, options);
		this.current.items.push(region);
		return region;
	}

	/** Writes into `region` what `body` writes. */
	within<T>(region: Region, body: () => T): T {
		const before = this.current;
		this.current = region;
		try {
			return body();
		} finally {
			this.current = before;
		}
	}

	/** Writes aside: the caller decides whether and where the lines go. */
	aside<T>(body: () => T): { readonly region: Region; readonly value: T } {
		const region = new Region(this.current, this.origin);
		const value = this.within(region, body);
		return { region, value };
	}

	/** Puts lines that were written aside here. */
	append(region: Region): void {
		this.current.items.push(...region.items);
	}

	local(cType: string, init?: string, hint = "value"): string {
		const name = this.names.fresh(hint);
		const space = cType.endsWith("*") ? "" : " ";
		this.line(
			`${cType}${space}${name}${init === undefined ? "" : ` = ${init}`};`,
		);
		return name;
	}
}
