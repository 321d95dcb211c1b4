// Constants of headers that BTF does not hold, against what Linux's headers say.
import { expect, test } from "vitest";
import { requestFlag, wellKnown } from "../../src/types/well-known.ts";

test.each([
	["SIGKILL", 9],
	["SIGSYS", 31],
	["EHWPOISON", 133],
	["AF_INET6", 10],
	["MSG_PEEK", 2],
	["SOL_TCP", 6],
	["PF_KTHREAD", 0x200000],
	["NSEC_PER_SEC", 1_000_000_000],
	["CAP_SYS_ADMIN", 21],
	["CAP_CHECKPOINT_RESTORE", 40],
	["PACKET_LOOPBACK", 5],
	["O_SYNC", 0o4010000],
	["AT_FDCWD", -100],
	["FMODE_WRITE", 2],
	["MINORMASK", (1 << 20) - 1],
	["NO_SUCH_THING", undefined],
])("%s", (name, value) => {
	expect(wellKnown(name)).toBe(value);
});

test("a flag of block requests is a bit that the kernel's types tell", () => {
	const constants = new Map([["__REQ_SYNC", { value: 11n }]]);
	const get = (name: string) => constants.get(name);
	expect(requestFlag("REQ_SYNC", get)).toBe(2048n);
	expect(requestFlag("REQ_NONE", get)).toBeUndefined();
	expect(requestFlag("SYNC", get)).toBeUndefined();
});
