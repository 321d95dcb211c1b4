// What the run time offers to builtins (`Host`), put together from its parts.
import { toByteString } from "../../src/base/byte-text.ts";
import type { BuiltinDefinition } from "../../src/builtins/definition.ts";
import type { Host } from "../../src/builtins/host.ts";
import type { RenderContext } from "../../src/builtins/render/context.ts";
import { compileFormat } from "../../src/builtins/render/format.ts";
import { jsonRenderer } from "../../src/builtins/render/value-json.ts";
import { textRenderer } from "../../src/builtins/render/value-text.ts";
import type { Plan } from "../../src/plan.ts";
import type {
	NamedLayoutField,
	ValueLayout,
} from "../../src/types/value-layout.ts";
import { type ScriptMaps, scriptMaps } from "../maps/script-maps.ts";
import { lineStore } from "../maps/sorted-lines.ts";
import type { Sink } from "../output/sink.ts";
import type { World } from "./world.ts";

export interface HostParts {
	readonly plan: Pick<Plan, "attach" | "maps" | "settings">;
	readonly sink: Sink;
	readonly world: World;
	readonly builtin: (name: string) => BuiltinDefinition | undefined;
	/** Names of the probes by attach cookie. */
	readonly probeNames: readonly string[];
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
	const { plan, sink, builtin } = parts;
	const context: RenderContext = {
		trailer: toByteString(plan.settings.strTruncTrailer),
		opaque: (name) => builtin(name)?.opaque,
		get host() {
			return host;
		},
	};
	let exited = false;
	const host: OpenHost = {
		...rendering(context),
		...surroundings(parts),
		out: sink,
		maps: scriptMaps({
			maps: plan.maps,
			access: parts.world.maps,
			sink,
			context,
			builtin,
		}),
		sorted: lineStore(),
		symbols: parts.world.symbols,
		get exited() {
			return exited;
		},
		resume() {
			exited = false;
		},
		exit(code) {
			// An iterator has gone through all its objects by the time that anything it says is read.
			exited = !plan.attach.some(({ target }) => target.kind === "iter");
			parts.exit(code);
		},
	};
	return host;
}

/** Values and formats, each compiled at its first use. */
function rendering(
	context: RenderContext,
): Pick<Host, "text" | "json" | "format"> {
	const texts = perLayout((layout) => textRenderer(layout, context));
	const jsons = perLayout((layout) => jsonRenderer(layout, context));
	const formats = formatCache(context);
	return {
		text: (view, offset, layout) => texts(layout)(view, offset),
		json: (view, offset, layout) => jsons(layout)(view, offset),
		format: (format, event) =>
			formats(format, event.fields)(event.view, event.start),
	};
}

type Surroundings = Pick<
	Host,
	| "settings"
	| "wallClock"
	| "now"
	| "readFile"
	| "userName"
	| "cgroupPath"
	| "shell"
	| "writePacket"
>;

/** Settings, clocks, and what is outside of the kernel. */
function surroundings({ plan, probeNames, world }: HostParts): Surroundings {
	const { strTruncTrailer, maxCatBytes, stackMode } = plan.settings;
	return {
		settings: { strTruncTrailer, maxCatBytes, stackMode, probeNames },
		wallClock: (boot) => world.bootMoment() + boot,
		now: () => world.now(),
		readFile: (path, limit) => world.readFile(path, limit),
		userName: (uid) => world.userName(uid),
		cgroupPath: (id, filter) => toByteString(world.cgroupPath(id, filter)),
		shell: (command) => world.shell(command),
		writePacket: (path, time, packet) => world.writePacket(path, time, packet),
	};
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
