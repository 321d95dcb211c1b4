// Neither kernel of the tests has kprobe multi, and a kernel takes or refuses a whole group: the halving that finds the
// bad places is tested against a stand-in for bpf(2) that refuses some names.
import { expect, test } from "vitest";
import type { Job } from "../../runtime/attach/all.ts";
import type { AttachContext } from "../../runtime/attach/context.ts";
import { attachGroups, chooseMulti } from "../../runtime/attach/multi.ts";
import type { Libc } from "../../runtime/ffi/libc.ts";
import type { Failure } from "../../runtime/result.ts";
import type { AttachTarget } from "../../src/plan.ts";
import { kernel, planFor } from "./support/kernel.ts";

const ESRCH = 3;
const kprobe = (name: string, ret = false): AttachTarget => ({
	kind: "kprobe",
	function: name,
	offset: 0,
	ret,
});

interface Call {
	readonly functions: readonly string[];
	readonly cookies: readonly number[];
	readonly flags: number;
}

/** Remembers what links were asked for, and refuses those with a name in `bad`. */
function standIn(
	bad: readonly string[],
	errno: number,
): { readonly context: AttachContext; readonly calls: Call[] } {
	const calls: Call[] = [];
	const libc: Libc = {
		...kernel.libc,
		bpf: (_command, { memory: { view } }) => {
			const count = view.getUint32(20, true);
			const numbers = (offset: number): readonly bigint[] => {
				const address = view.getBigUint64(offset, true);
				return address === 0n
					? []
					: [...new BigUint64Array(kernel.ffi.view(address, count * 8))];
			};
			const functions = numbers(24).map((address) =>
				kernel.ffi.readString(address),
			);
			calls.push({
				functions,
				cookies: numbers(40).map(Number),
				flags: view.getUint32(16, true),
			});
			return functions.some((name) => bad.includes(name))
				? -errno
				: 1000 + calls.length;
		},
	};
	const context = {
		libc,
		fileLimit: 1024,
		onlineCpus: [0],
		tracefs: undefined,
		resolveFunction: () => [],
	};
	return { context, calls };
}

function run(names: readonly string[], bad: readonly string[], errno = ESRCH) {
	const { context, calls } = standIn(bad, errno);
	const { attach } = planFor(
		"k",
		"kprobe",
		names.map((name) => kprobe(name)),
	);
	const jobs = attach.map(
		(request): Job => ({
			request,
			fd: 5,
			section: "kprobe",
			probe: "k",
			cookie: request.cookie,
		}),
	);
	const attached: string[] = [];
	const failed: [string, Failure][] = [];
	attachGroups(context, jobs, (result, group) => {
		for (const { request } of group) {
			const name =
				request.target.kind === "kprobe" ? request.target.function : "";
			if (result.ok) attached.push(name);
			else failed.push([name, result.failure]);
		}
	});
	return { attached, failed, calls };
}

test("good functions go with one call, each with its cookie", () => {
	const { attached, calls } = run(["a", "b", "c"], []);
	expect(attached).toEqual(["a", "b", "c"]);
	expect(calls).toEqual([
		{ functions: ["a", "b", "c"], cookies: [1, 2, 3], flags: 0 },
	]);
});

test("a bad function is told alone, and the others are attached", () => {
	const names = Array.from({ length: 100 }, (_, i) => `f${i}`);
	const { attached, failed, calls } = run(names, ["f41"]);
	expect(attached).toEqual(names.filter((name) => name !== "f41"));
	expect(failed).toMatchObject([["f41", { code: "E0708", errno: ESRCH }]]);
	expect(calls.length).toBeLessThan(20);
});

test("an error that is not about a place is not looked for", () => {
	const EMFILE = 24;
	const { attached, failed, calls } = run(["a", "b", "c"], ["a"], EMFILE);
	expect(attached).toEqual([]);
	expect(failed.map(([name, { code }]) => [name, code])).toEqual([
		["a", "E0712"],
		["b", "E0712"],
		["c", "E0712"],
	]);
	expect(calls).toHaveLength(1);
});

test("only programs whose places can all be grouped are chosen", () => {
	const choose = (
		targets: readonly AttachTarget[],
		support = { kprobe: true, uprobe: true },
	) => [...chooseMulti(planFor("p", "kprobe", targets), support).values()];
	expect(choose([kprobe("a"), kprobe("b")])).toEqual([
		{ expectedAttachType: 42 },
	]);
	expect(choose([kprobe("a")])).toEqual([]);
	expect(
		choose([
			kprobe("a"),
			{ kind: "kprobe", function: "b", offset: 4, ret: false },
		]),
	).toEqual([]);
	expect(
		choose([kprobe("a"), kprobe("b")], { kprobe: false, uprobe: true }),
	).toEqual([]);
	const uprobe: AttachTarget = {
		kind: "uprobe",
		path: "/p",
		offset: 1,
		ret: false,
		semaphore: 0,
		pid: -1,
	};
	expect(choose([uprobe])).toEqual([{ expectedAttachType: 48 }]);
	expect(choose([uprobe, kprobe("a")])).toEqual([]);
});
