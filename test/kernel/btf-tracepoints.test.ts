// Tracepoints as BTF tells them to users without rights, held against what tracefs tells root.
import { expect, test } from "vitest";
import { openKernelBtf } from "../../runtime/machine/kernel-btf.ts";
import { findTracefs } from "../../runtime/machine/tracefs.ts";
import { tracepointsAt } from "../../runtime/machine/tracepoints.ts";
import { btfTracepoint } from "../../src/types/btf-tracepoints.ts";
import type { StructBody } from "../../src/types/types.ts";

const opened = openKernelBtf();
const folder = findTracefs();

function shape(body: StructBody | undefined): string[] {
	const members = body?.members ?? [];
	return members.map((m) => `${m.name} at ${m.offset}`).sort();
}

test.runIf(opened.ok && folder !== undefined)(
	"records are what tracefs says, or nothing is said of them",
	() => {
		if (!opened.ok || folder === undefined) return;
		const { types } = opened.value;
		const tracefs = tracepointsAt(folder);
		const wrong: string[] = [];
		let told = 0;
		let all = 0;
		for (const category of tracefs.categories() ?? []) {
			if (category === "ftrace") continue;
			for (const event of tracefs.events(category)) {
				// One in three will do: each is a file to read.
				if (all++ % 3 !== 0) continue;
				const mine = btfTracepoint(category, event, types);
				if (!mine) continue;
				told++;
				const theirs = shape(tracefs.format(category, event, types));
				if (theirs.join() !== shape(mine).join())
					wrong.push(`${category}:${event}\n  ${shape(mine)}\n  ${theirs}`);
			}
		}
		expect(wrong).toEqual([]);
		expect(told / all).toBeGreaterThan(0.5 / 3);
	},
);
