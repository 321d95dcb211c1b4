// Why the kernel refuses: the user, the capabilities of root in a container, or lockdown.
import { expect, test } from "vitest";
import type { Lockdown } from "../../runtime/machine/lockdown.ts";
import {
	explainRefusal,
	mayTrace,
	type Privileges,
} from "../../runtime/machine/privileges.ts";
import { Errno } from "../../runtime/result.ts";

const status = (set: string) => `Name:\tkask\nCapEff:\t${set}\nCapBnd:\t0\n`;

test("capabilities that suffice, alone or together", () => {
	expect(mayTrace(status("0000003fffffffff"))).toBe(true);
	expect(mayTrace(status("0000000000200000"))).toBe(true);
	expect(mayTrace(status("000000c000000000"))).toBe(true);
	expect(mayTrace(status("0000008000000000"))).toBe(false);
	expect(mayTrace(status("0000000000000000"))).toBe(false);
	expect(mayTrace("Name:\tkask\n")).toBe(false);
});

const able: Privileges = { trace: true, root: true };

function codeOf(
	errno: number,
	privileges: Partial<Privileges>,
	lockdown: Lockdown = "none",
) {
	const all = { ...able, ...privileges };
	return explainRefusal("attach x", errno, {}, all, lockdown)?.failure.code;
}

test.each([Errno.EPERM, Errno.EACCES])("errno %i is explained", (errno) => {
	expect(codeOf(errno, { trace: false, root: false })).toBe("E0702");
	expect(codeOf(errno, { trace: false })).toBe("E0715");
	expect(codeOf(errno, {}, "integrity")).toBe("E0703");
	expect(codeOf(errno, {}, "unknown")).toBeUndefined();
	expect(codeOf(errno, {})).toBeUndefined();
});

test("another errno is not a matter of privilege", () => {
	expect(codeOf(Errno.EINVAL, { trace: false, root: false })).toBeUndefined();
});
