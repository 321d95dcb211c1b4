// Hands the records of the ring buffer to the builtins that made them.
import type { BuiltinDefinition } from "../../src/builtins/definition.ts";
import type { HostEvent } from "../../src/builtins/host.ts";
import type { Plan } from "../../src/plan.ts";
import type { OpenHost } from "./host.ts";

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
