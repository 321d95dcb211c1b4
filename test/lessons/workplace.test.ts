// Where a lesson's programs run.
import { existsSync } from "node:fs";
import { dirname } from "node:path";
import { expect, test } from "vitest";
import { openWorkplace } from "../../src/lessons/workplace.ts";

test("is cleared away while a program that is just ending still makes files there", () => {
	const prepare =
		"(i=0; while [ $i -lt 5000 ]; do i=$((i + 1)); echo >f$i || exit; done) >/dev/null 2>&1 &";
	for (let round = 0; round < 3; round++) {
		const place = openWorkplace({ prepare, numbers: {}, parameters: [] }, []);
		if (typeof place === "string") throw new Error(place);
		const folder = dirname(place.path("facts"));
		expect(existsSync(folder)).toBe(true);
		place.close();
		expect(existsSync(folder)).toBe(false);
	}
});
