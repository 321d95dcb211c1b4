// What the run time offers to builtins (`Host`), put together from its parts; and the dispatch of events to them.
import { spawnSync } from "node:child_process";
import { closeSync, openSync, readSync } from "node:fs";
import { fromByteString, toByteString } from "../src/base/byte-text.ts";
import { errorTexts } from "../src/builtins/data/errors.ts";
import type { BuiltinDefinition } from "../src/builtins/definition.ts";
import type {
	FileResult,
	Host,
	HostEvent,
	Symbols,
} from "../src/builtins/host.ts";
import type { RenderContext } from "../src/builtins/render/context.ts";
import { compileFormat } from "../src/builtins/render/format.ts";
import { jsonRenderer } from "../src/builtins/render/value-json.ts";
import { textRenderer } from "../src/builtins/render/value-text.ts";
import type { Plan } from "../src/plan.ts";
import type {
	NamedLayoutField,
	ValueLayout,
} from "../src/types/value-layout.ts";
import { cgroupPath } from "./cgroups.ts";
import type { Sink } from "./output/sink.ts";
import { type MapAccess, type ScriptMaps, scriptMaps } from "./script-maps.ts";

export interface HostParts {
	readonly plan: Plan;
	readonly sink: Sink;
	readonly mapAccess: MapAccess;
	readonly symbols: Symbols;
	readonly builtin: (name: string) => BuiltinDefinition | undefined;
	/** Names of the probes by attach cookie. */
	readonly probeNames: readonly string[];
	/** Nanoseconds since the epoch at which the boot-time clock stood at zero. */
	readonly bootMoment: () => bigint;
	/** Ends the run after the current drain. */
	readonly exit: (code: number) => void;
}

export interface OpenHost extends Host {
	readonly maps: ScriptMaps;
	/** `exit()` was called: events that came after it are not wanted. */
	readonly exited: boolean;
	/** Events are wanted again: those of `end`. */
	resume(): void;
}

/** Puts the host together. Nothing is read from the kernel before a builtin asks for it. */
export function openHost(parts: HostParts): OpenHost {
	const { plan, sink } = parts;
	const { settings } = plan;
	const context: RenderContext = {
		trailer: toByteString(settings.strTruncTrailer),
		opaque: (name) => parts.builtin(name)?.opaque,
		get host() {
			return host;
		},
	};
	const texts = perLayout((layout) => textRenderer(layout, context));
	const jsons = perLayout((layout) => jsonRenderer(layout, context));
	const formats = formatCache(context);
	let exited = false;
	const host: OpenHost = {
		out: sink,
		maps: scriptMaps({
			maps: plan.maps,
			access: parts.mapAccess,
			sink,
			context,
			builtin: parts.builtin,
		}),
		symbols: parts.symbols,
		settings: {
			strTruncTrailer: settings.strTruncTrailer,
			maxCatBytes: settings.maxCatBytes,
			stackMode: settings.stackMode,
			probeNames: parts.probeNames,
		},
		text: (view, offset, layout) => texts(layout)(view, offset),
		json: (view, offset, layout) => jsons(layout)(view, offset),
		format: (format, event) =>
			formats(format, event.fields)(event.view, event.start),
		wallClock: (boot) => parts.bootMoment() + boot,
		now: () => BigInt(Date.now()) * 1_000_000n,
		readFile,
		userName,
		cgroupPath: (id, filter) => toByteString(cgroupPath(id, filter)),
		get exited() {
			return exited;
		},
		resume() {
			exited = false;
		},
		exit(code) {
			exited = true;
			parts.exit(code);
		},
		shell,
	};
	return host;
}

/** Renderers by layout: a Plan's layouts live as long as it does, and are the same objects each time. */
function perLayout<R>(
	make: (layout: ValueLayout) => R,
): (layout: ValueLayout) => R {
	const made = new WeakMap<ValueLayout, R>();
	return (layout) => {
		let renderer = made.get(layout);
		if (renderer === undefined) {
			renderer = make(layout);
			made.set(layout, renderer);
		}
		return renderer;
	};
}

type Formatter = (view: DataView, start: number) => string;

/** Formatters by field list, of which every event kind has its own, with one format. */
function formatCache(
	context: RenderContext,
): (format: string, fields: readonly NamedLayoutField[]) => Formatter {
	const made = new WeakMap<
		readonly NamedLayoutField[],
		{ readonly format: string; readonly formatter: Formatter }
	>();
	return (format, fields) => {
		const known = made.get(fields);
		if (known?.format === format) return known.formatter;
		const formatter = compileFormat(format, fields, context);
		made.set(fields, { format, formatter });
		return formatter;
	};
}

/** Takes one record: `start` is where it begins in `view`. */
export type Dispatcher = (view: DataView, start: number) => void;

/** Hands each record to the builtin of its event kind. Records that name no event of the Plan are a bug of ours. */
export function eventDispatcher(
	plan: Pick<Plan, "events">,
	host: OpenHost,
	builtin: (name: string) => BuiltinDefinition | undefined,
): Dispatcher {
	// One event object per kind, filled anew for each record: builtins may not keep it.
	const kinds = plan.events.map(({ builtin: name, fields, params, place }) => {
		const handle = builtin(name)?.handle;
		if (handle === undefined)
			throw new Error(`E0914: ${name}() takes no events`);
		const event: Mutable<HostEvent> = {
			view: new DataView(new ArrayBuffer(0)),
			start: 0,
			fields,
			params,
			place,
		};
		return { event, handle };
	});
	return (view, start) => {
		if (host.exited) return;
		const kind = kinds[view.getUint32(start, true)];
		if (kind === undefined)
			throw new Error(`E0915: unknown event ${view.getUint32(start, true)}`);
		kind.event.view = view;
		kind.event.start = start;
		kind.handle(kind.event, host);
	};
}

type Mutable<T> = { -readonly [K in keyof T]: T[K] };

function readFile(path: string, limit: number): FileResult {
	let fd: number | undefined;
	try {
		// Byte strings name files exactly, whatever their encoding.
		fd = openSync(Buffer.from(path, "latin1"), "r");
		const bytes = Buffer.alloc(limit);
		let length = 0;
		// Files of /proc come in pieces.
		for (let read = -1; read !== 0 && length < limit; length += read)
			read = readSync(fd, bytes, length, limit - length, null);
		return { ok: true, bytes: bytes.toString("latin1", 0, length) };
	} catch (error) {
		return { ok: false, reason: describe(error) };
	} finally {
		if (fd !== undefined) closeSync(fd);
	}
}

function describe(error: unknown): string {
	const errno =
		error instanceof Error && "errno" in error ? Number(error.errno) : 0;
	return errorTexts[-errno] || String(error);
}

function userName(uid: number): string {
	const file = readFile("/etc/passwd", 16 * 1024 * 1024);
	if (!file.ok) return "";
	const line = file.bytes
		.split("\n")
		.find((entry) => entry.split(":")[2] === String(uid));
	return line?.split(":")[0] ?? "";
}

const mostOutput = 64 * 1024 * 1024;

/** What it prints on stderr comes along in its place. */
function shell(command: string): string {
	const script = 'exec 2>&1; exec sh -c "$1"';
	const { stdout } = spawnSync(
		"sh",
		["-c", script, "sh", fromByteString(command)],
		{ stdio: ["inherit", "pipe", "inherit"], maxBuffer: mostOutput },
	);
	return stdout.toString("latin1");
}
