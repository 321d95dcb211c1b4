// Which maps keep the places of their deleted elements.
import { expect, it } from "vitest";
import { Diagnostics } from "../../src/base/diagnostics.ts";
import { Source } from "../../src/base/source.ts";
import { emit } from "../../src/codegen/emit.ts";
import { check, parse } from "../../src/commands/compile.ts";
import { testRequest } from "../semantic/check-text.ts";

function keeping(text: string): readonly string[] {
	const diagnostics = new Diagnostics();
	const request = testRequest(new Source("-e", text), diagnostics);
	const script = parse(request);
	const checked = script && check(request, script);
	if (!checked) throw new Error(`${text} does not compile`);
	const { plan } = emit(checked.script, checked.types);
	return plan.maps.flatMap((m) => (m.script?.keepsPlaces ? m.symbol : []));
}

const tracepoint = "tracepoint:syscalls:sys_enter_openat";

it.each([
	["thread ids", "@x[tid] = nsecs; delete(@x, tid);"],
	["as older scripts write it", "@x[tid] = nsecs; delete(@x[tid]);"],
	["in a tuple", "@x[tid, 1] = nsecs; delete(@x, (tid, 1));"],
	["by a variable", "$tid = tid; @x[$tid] = nsecs; delete(@x, $tid);"],
	["and read", "@x[tid] = nsecs; if (@x[tid]) { delete(@x, tid); }"],
	["asked for", "@x[tid] = nsecs; if (has_key(@x, tid)) { delete(@x, tid); }"],
	[
		"found",
		"@x[tid] = nsecs; $t = (uint64)0; if (find(@x, tid, $t)) { delete(@x, tid); }",
	],
	["and printed", "@x[tid] = nsecs; delete(@x, tid); print(@x, 5); clear(@x);"],
])("keeps: %s", (_, body) => {
	expect(keeping(`${tracepoint} { ${body} }`)).toEqual(["m_x"]);
});

it.each([
	["never deleted", "@x[tid] = nsecs;"],
	[
		"addresses never come back",
		"@x[args.filename] = 1; delete(@x, args.filename);",
	],
	["one key is no thread", "@x[tid, nsecs] = 1; delete(@x, (tid, nsecs));"],
	["values of other sizes", "@x[tid] = (uint32)1; delete(@x, tid);"],
	["texts", "@x[tid] = comm; delete(@x, tid);"],
	["counted", "@x[tid]++; delete(@x, tid);"],
	["added to", "@x[tid] += nsecs; delete(@x, tid);"],
	["gone through", "@x[tid] = nsecs; delete(@x, tid); for ($kv : @x) { }"],
	[
		"their number asked for",
		"@x[tid] = nsecs; delete(@x, tid); print(len(@x));",
	],
	["set to zero", "@x[tid] = nsecs; delete(@x, tid); zero(@x);"],
	["by address", "@x[tid] = nsecs; $p = &@x[tid]; delete(@x, tid);"],
	["without a key", "@x = nsecs; delete(@x);"],
])("does not keep: %s", (_, body) => {
	expect(keeping(`${tracepoint} { ${body} }`)).toEqual([]);
});

it.each([
	["their number asked for", "len(@x) > 0"],
	["counted", "@x[tid]++ < 5"],
	["read by what is no thread", "@x[nsecs] == 0"],
])("does not keep, by the predicate: %s", (_, predicate) => {
	const text = `${tracepoint} /${predicate}/ { @x[tid] = nsecs; delete(@x, tid); }`;
	expect(keeping(text)).toEqual([]);
});
