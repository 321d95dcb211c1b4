// Figures out of records, and what is made of them: no kernel needed.
import { describe, expect, test } from "vitest";
import { parseFacts } from "../../src/lessons/facts.ts";
import { judge, missingFacts } from "../../src/lessons/judge.ts";
import { readRecords } from "../../src/lessons/records.ts";
import { lessonSchema } from "../../src/lessons/schema.ts";

const output = [
	'{"type": "attached_probes", "count": 1, "data": {"probes": 1}}',
	'{"type": "probe_choice", "data": {"probe": "tracepoint:a:b", "passed_over": [], "filename": "-e", "line": 1}}',
	'{"type": "printf", "data": "one\\ntwo"}',
	'{"type": "printf", "data": " and a half\\n"}',
	'{"type": "map", "data": {"@n": {"rm,1": 2, "rm,2": 3, "cat,1": 7}}}',
	'{"type": "map", "data": {"@n": {"rm,1": 1}}}',
	'{"type": "map", "data": {"@one": 5}}',
	'{"type": "stats", "data": {"@s": {"count": 4, "average": 5, "total": 20}}}',
	'{"type": "stats", "data": {"@k": {"rm": {"count": 2, "average": 3, "total": 6}}}}',
	'{"type": "hist", "data": {"@h": {"rm": [{"max": -1, "count": 9}, {"min": 4, "max": 7, "count": 2}, {"min": 8, "max": 15, "count": 1}]}}}',
	'{"type": "hist", "data": {"@l": [{"min": 10, "max": 19, "count": 3}, {"min": 20, "count": 4}]}}',
	'{"type": "map", "da',
].join("\n");
const records = readRecords(output);
const facts = parseFacts("n=5 name=rm\n");

function judgeOne(figure: object, mistakes: object[] = []) {
	const { check } = lessonSchema.parse({
		demo: {},
		check: { expect: [{ what: "$n of $name", ...figure }], mistakes },
	});
	return judge(check, {
		records,
		facts,
		script: "begin { hist(1); hist(2); }",
	});
}

describe.each<[object, string]>([
	[{ map: "@one" }, "5"],
	[{ map: "@n", over: "all", key: "rm,*" }, "6"],
	[{ map: "@n", over: "all", key: "$name,1" }, "3"],
	[{ map: "@n" }, "1"],
	[{ map: "@n", over: "all", but: "rm*" }, "7"],
	[{ map: "@n", over: "all", take: "keys" }, "4"],
	[{ map: "@n", take: "prints" }, "2"],
	[{ map: "@n", key: "r.,1" }, "nothing"],
	[{ map: "@none" }, "nothing"],
	[{ map: "@none", take: "prints" }, "0"],
	[{ map: "@s" }, "20"],
	[{ map: "@s", take: "average" }, "5"],
	[{ map: "@k", key: "rm", take: "count" }, "2"],
	[{ map: "@h" }, "12"],
	[{ map: "@h", bucket: 6 }, "2"],
	[{ map: "@h", bucket: "$n" }, "2"],
	[{ map: "@h", bucket: 16 }, "0"],
	[{ map: "@h", from: 5 }, "3"],
	[{ map: "@h", bucket: -3 }, "9"],
	[{ map: "@l", bucket: 1000 }, "4"],
	[{ map: "@one", bucket: 5 }, "nothing"],
	[{ printed: "^two and a half$" }, "1"],
	[{ printed: "o" }, "2"],
	[{ script: "hist\\(" }, "2"],
	[{ choice: "^tracepoint:" }, "1"],
])("%j", (figure, found) => {
	test(`is ${found}`, () => {
		const { findings } = judgeOne({ ...figure, is: 1 });
		expect(findings[0]?.found).toBe(found);
	});
});

test("bounds, and facts in them", () => {
	const right = (bounds: object) => judgeOne({ map: "@one", ...bounds }).right;
	expect(right({ is: "$n" })).toBe(true);
	expect(right({ is: 6 })).toBe(false);
	expect(right({ atLeast: 5, atMost: "$n" })).toBe(true);
	expect(right({ atLeast: 6 })).toBe(false);
	expect(right({ atMost: 4 })).toBe(false);
	expect(judgeOne({ map: "@none", is: 0 }).right).toBe(true);
	const [finding] = judgeOne({
		map: "@one",
		atLeast: 1,
		atMost: "$n",
	}).findings;
	expect(finding).toMatchObject({ what: "5 of rm", expected: "1 to 5" });
});

test("without a name, the map that fits is taken", () => {
	expect(judgeOne({ is: 20 }).right).toBe(true);
	expect(judgeOne({ key: "rm", bucket: 9, is: 1 }).right).toBe(true);
	expect(judgeOne({ is: 21 }).right).toBe(false);
});

test("a known mistake is told before what the figure says", () => {
	const wrong = { map: "@one", is: 4, say: "not $n" };
	expect(judgeOne(wrong).advice).toEqual(["not 5"]);
	const when = [{ map: "@one", is: "$n" }];
	const other = { when: [{ map: "@one", is: 6 }], say: "six" };
	expect(judgeOne(wrong, [other, { when, say: "it is $n" }]).advice).toEqual([
		"it is 5",
	]);
	expect(judgeOne({ ...wrong, is: 5 }, [{ when, say: "x" }]).advice).toEqual(
		[],
	);
});

test("a fact that nobody has set is told", () => {
	const { check } = lessonSchema.parse({
		demo: {},
		check: { expect: [{ what: "x", is: "$n", atMost: "$missing" }] },
	});
	expect(missingFacts(check, facts)).toEqual(["$missing"]);
});
